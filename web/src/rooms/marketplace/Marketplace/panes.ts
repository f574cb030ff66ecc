import type { Format, Kind } from '../../../i18n/format.ts';
import type { MessageKey } from '../../../i18n/en.ts';
import type { Text } from '../../../i18n/text.ts';
import type { Pane } from '../../../kit/chart/series.ts';
import type { Month } from '../queries.ts';

interface Shown {
  name: 'solicitudes_creadas' | 'tasa_aceptacion_pct' | 'tasa_conversion_ofertas_pct' | 'volumen_transaccional_total';
  label: MessageKey;
  unit: MessageKey;
  kind: Kind;
  shape: 'bars' | 'line';
  ceiling?: number;
}

/** What the page shows of a month, from volume to money. */
export const shown: readonly Shown[] = [
  { name: 'solicitudes_creadas', label: 'market.requests', unit: 'market.unitRequests', kind: 'count', shape: 'bars' },
  { name: 'tasa_aceptacion_pct', label: 'market.acceptance', unit: 'market.unitPct', kind: 'pct', shape: 'line', ceiling: 100 },
  { name: 'tasa_conversion_ofertas_pct', label: 'market.conversion', unit: 'market.unitPct', kind: 'pct', shape: 'line', ceiling: 100 },
  { name: 'volumen_transaccional_total', label: 'market.volume', unit: 'market.unitCop', kind: 'count', shape: 'bars' },
];

/** The first moment of a month in Bogotá, and of the next. */
export const monthSpan = (mes: string) => {
  const [year, month] = mes.split('-').map(Number) as [number, number];
  return { from: Date.UTC(year, month - 1, 1, 5), to: Date.UTC(year, month, 1, 5) };
};

export function panesOf(months: readonly Month[], text: Text, format: Format): Pane[] {
  const spans = months.map(({ mes }) => monthSpan(mes));
  const starts = Float64Array.from(spans, ({ from }) => from);
  const ends = Float64Array.from(spans, ({ to }) => to);
  return shown.map(({ name, label, unit, kind, shape, ceiling }) => ({
    id: name,
    title: text(label),
    unit: text(unit),
    format: (value) => format.number(value, kind),
    tick: (value) => format.number(value, value >= 100_000 ? 'short' : 'tick'),
    series: [{ label: text(label), shape, tone: 'main', starts, ends, values: Float64Array.from(months, (month) => month[name] ?? Number.NaN) }],
    fromZero: true,
    ceiling,
  }));
}
