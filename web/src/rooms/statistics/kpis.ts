import type { MessageKey } from '../../i18n/en.ts';
import type { Kind } from '../../i18n/format.ts';
import type { Interval } from './queries.ts';

/** How the pages show a figure; what it means and how it is computed is the server's to say (statistics.kpis). */
export interface ShownKpi {
  name: keyof Interval;
  label: MessageKey;
  unit: MessageKey;
  kind: Kind;
  fromZero: boolean;
  ceiling?: number;
  shape: 'bars' | 'line';
}

export const kpis = [
  { name: 'offered', label: 'kpi.offered', unit: 'unit.calls', kind: 'count', fromZero: true, shape: 'bars' },
  { name: 'service_level_pct', label: 'kpi.service_level_pct', unit: 'unit.pct', kind: 'pct', fromZero: false, ceiling: 100, shape: 'line' },
  { name: 'aht_seconds', label: 'kpi.aht_seconds', unit: 'unit.seconds', kind: 'seconds', fromZero: false, shape: 'line' },
  { name: 'abandonment_pct', label: 'kpi.abandonment_pct', unit: 'unit.pct', kind: 'pct', fromZero: true, ceiling: 100, shape: 'line' },
  { name: 'asa_seconds', label: 'kpi.asa_seconds', unit: 'unit.seconds', kind: 'seconds1', fromZero: true, shape: 'line' },
] as const satisfies readonly ShownKpi[];

/** The further figures of a table; the first ones are those of the charts. */
const moreKpis = [
  { name: 'handled', label: 'kpi.handled', unit: 'unit.calls', kind: 'count', fromZero: true, shape: 'bars' },
  { name: 'abandoned', label: 'kpi.abandoned', unit: 'unit.calls', kind: 'count', fromZero: true, shape: 'bars' },
  { name: 'answered_in_threshold', label: 'kpi.answered_in_threshold', unit: 'unit.calls', kind: 'count', fromZero: true, shape: 'bars' },
  { name: 'unique_offered', label: 'kpi.unique_offered', unit: 'unit.calls', kind: 'count', fromZero: true, shape: 'bars' },
  { name: 'abandoned_in_5s', label: 'kpi.abandoned_in_5s', unit: 'unit.calls', kind: 'count', fromZero: true, shape: 'bars' },
  { name: 'aht_without_wrap_seconds', label: 'kpi.aht_without_wrap_seconds', unit: 'unit.seconds', kind: 'seconds', fromZero: false, shape: 'line' },
  { name: 'handled_pct', label: 'kpi.handled_pct', unit: 'unit.pct', kind: 'pct', fromZero: true, shape: 'line' },
  { name: 'occupancy_pct', label: 'kpi.occupancy_pct', unit: 'unit.pct', kind: 'pct', fromZero: true, shape: 'line' },
  { name: 'talk_seconds', label: 'kpi.talk_seconds', unit: 'unit.seconds', kind: 'seconds', fromZero: true, shape: 'bars' },
  { name: 'hold_seconds', label: 'kpi.hold_seconds', unit: 'unit.seconds', kind: 'seconds', fromZero: true, shape: 'bars' },
  { name: 'wrap_seconds', label: 'kpi.wrap_seconds', unit: 'unit.seconds', kind: 'seconds', fromZero: true, shape: 'bars' },
  { name: 'max_wait_handled_seconds', label: 'kpi.max_wait_handled_seconds', unit: 'unit.seconds', kind: 'seconds', fromZero: true, shape: 'line' },
  {
    name: 'max_wait_abandoned_seconds',
    label: 'kpi.max_wait_abandoned_seconds',
    unit: 'unit.seconds',
    kind: 'seconds',
    fromZero: true,
    shape: 'line',
  },
  { name: 'coverage_pct', label: 'kpi.coverage_pct', unit: 'unit.pct', kind: 'pct', fromZero: true, shape: 'line' },
] as const satisfies readonly ShownKpi[];

export const everyKpi: readonly ShownKpi[] = [...kpis, ...moreKpis];

export const numberOf = (item: Interval, name: keyof Interval): number | null => {
  const value = item[name];
  return typeof value === 'number' ? value : null;
};
