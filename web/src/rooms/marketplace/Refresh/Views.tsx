import { useMemo } from 'react';
import { useText } from '../../../i18n/text.ts';
import { Status } from '../../../kit/states/Status.tsx';
import { useTimeCells } from '../../../kit/table/cells.ts';
import type { Column } from '../../../kit/table/column.ts';
import { DataTable } from '../../../kit/table/DataTable.tsx';
import { useTableAddress } from '../../../shell/table-address.ts';
import { type View, zone } from '../queries.ts';

/** Every view, also one that somebody added, with its last refresh and how often it is read. */
export function Views({ views }: { views: View[] }) {
  const text = useText();
  const time = useTimeCells(zone);
  const [state, setState] = useTableAddress();
  const columns = useMemo(
    (): Column<View>[] => [
      { id: 'name', header: text('refresh.view'), type: 'text', width: 230, value: ({ name }) => name },
      {
        id: 'last_error',
        header: text('refresh.state'),
        type: 'text',
        width: 200,
        value: ({ last_error: error }) => error ?? text('refresh.fine'),
        renderCell: ({ last_error: error }) =>
          error === null ? <Status tone="good">{text('refresh.fine')}</Status> : <Status tone="bad">{error}</Status>,
      },
      time({ id: 'last_refresh', header: text('refresh.last'), unit: zone, at: (view: View) => view.last_refresh, width: 200 }),
      { id: 'row_count', header: text('refresh.rows'), type: 'number', width: 100, value: ({ row_count: count }) => count },
      { id: 'last_changed_count', header: text('refresh.changed'), type: 'number', width: 120, value: ({ last_changed_count: count }) => count },
      {
        id: 'last_duration_ms',
        header: text('refresh.duration'),
        unit: text('refresh.ms'),
        type: 'number',
        kind: 'seconds1',
        width: 120,
        value: ({ last_duration_ms: ms }) => ms,
      },
      { id: 'size_bytes', header: text('refresh.size'), type: 'number', kind: 'bytes', width: 100, value: ({ size_bytes: bytes }) => bytes },
      { id: 'reads_count', header: text('refresh.uses'), type: 'number', width: 170, value: ({ reads_count: count }) => count },
    ],
    [text, time],
  );
  return (
    <DataTable name={text('refresh.views')} rows={views} columns={columns} rowKey={({ name }) => name} state={state} onState={setState} maxRows={6} />
  );
}
