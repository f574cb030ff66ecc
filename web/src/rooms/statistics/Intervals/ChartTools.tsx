import { Text } from '@mantine/core';
import { useText } from '../../../i18n/text.ts';
import { ExportMenu } from '../../../kit/export/ExportMenu.tsx';
import type { Sheet } from '../../../kit/export/sheet.ts';
import { toCivil, zoneName } from '../../../kit/time/zone.ts';
import { kpis, numberOf } from '../kpis.ts';
import type { Interval } from '../queries.ts';

/** A file of exactly what the charts show. */
export function ChartTools({ name, items, zone }: { name: string; items: Interval[]; zone: string }) {
  const text = useText();
  const sheet = (): Sheet => ({
    name,
    headers: [
      `${text('interval.start')}, ${zoneName(zone)}`,
      `${text('interval.end')}, ${zoneName(zone)}`,
      ...kpis.map(({ label, unit }) => `${text(label)}, ${text(unit)}`),
      `${text('kpi.abandoned')}, ${text('unit.calls')}`,
    ],
    rows: items.map((item) => [
      civil(item.interval_start, zone),
      civil(item.interval_end, zone),
      ...kpis.map((kpi) => numberOf(item, kpi.name)),
      item.abandoned,
    ]),
  });
  return (
    <>
      <Text size="xs" c="dimmed" visibleFrom="sm">
        {text('chart.hint')}
      </Text>
      <ExportMenu count={items.length} sheet={sheet} />
    </>
  );
}

const civil = (moment: string, zone: string): Date => new Date(toCivil(Date.parse(moment), zone));
