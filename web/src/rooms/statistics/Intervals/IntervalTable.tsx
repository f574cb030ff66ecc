import { useMemo } from 'react';
import { useText } from '../../../i18n/text.ts';
import { useTimeCells } from '../../../kit/table/cells.ts';
import type { Column } from '../../../kit/table/column.ts';
import { DataTable } from '../../../kit/table/DataTable.tsx';
import { useTableAddress } from '../../../shell/table-address.ts';
import { offsetName } from '../../../kit/time/zone.ts';
import { everyKpi, kpis, numberOf, type ShownKpi } from '../kpis.ts';
import type { Interval } from '../queries.ts';

interface IntervalTableProps {
  name: string;
  items: Interval[];
  zone: string;
  onOpen: (kpi: string, item: Interval) => void;
}

const usual = new Set<string>([...kpis.map(({ name }) => name), 'handled', 'abandoned', 'answered_in_threshold']);

/** The same figures as the charts, row by row. */
export function IntervalTable({ name, items, zone, onOpen }: IntervalTableProps) {
  const text = useText();
  const time = useTimeCells(zone);
  const [state, setState] = useTableAddress();
  const columns = useMemo((): Column<Interval>[] => {
    const unit = items[0] ? offsetName(Date.parse(items[0].interval_start), zone) : zone;
    return [
      time({ id: 'interval_start', header: text('interval.start'), unit, at: (row: Interval) => row.interval_start, width: 190 }),
      time({ id: 'interval_end', header: text('interval.end'), at: (row: Interval) => row.interval_end, optional: true }),
      ...everyKpi.map((kpi: ShownKpi): Column<Interval> => ({
        id: kpi.name,
        header: text(kpi.label),
        unit: text(kpi.unit),
        type: 'number',
        kind: kpi.kind,
        width: 130,
        value: (row) => numberOf(row, kpi.name),
        optional: !usual.has(kpi.name),
        onOpen: (row) => onOpen(kpi.name, row),
      })),
    ];
  }, [text, time, items, zone, onOpen]);
  return (
    <DataTable
      name={name}
      rows={items}
      columns={columns}
      rowKey={(row) => row.interval_start}
      state={state}
      onState={setState}
      maxRows={17}
      empty={text('intervals.none')}
    />
  );
}
