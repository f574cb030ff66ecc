import { useMemo } from 'react';
import { useText } from '../../../i18n/text.ts';
import { type Tone, Status } from '../../../kit/states/Status.tsx';
import { useTimeCells } from '../../../kit/table/cells.ts';
import type { Column } from '../../../kit/table/column.ts';
import { DataTable } from '../../../kit/table/DataTable.tsx';
import { useAddress, useChangeAddress } from '../../../shell/address.ts';
import { type Run, type RunDetail, zone } from '../queries.ts';

const tones: Record<string, Tone> = { SUCCESS: 'good', ERROR: 'bad', RUNNING: 'busy' };
const sum = (run: Run, of: (detail: RunDetail) => number) => (run.details as RunDetail[]).reduce((total, detail) => total + of(detail), 0);

/** The log: each refresh with its reason to be, its duration, what it changed, and why it failed. */
export function Runs({ runs }: { runs: Run[] }) {
  const text = useText();
  const time = useTimeCells(zone);
  const address = useAddress();
  const change = useChangeAddress();
  const columns = useMemo(
    (): Column<Run>[] => [
      { id: 'run_id', header: text('refresh.run'), type: 'number', width: 80, value: (run) => run.run_id },
      time({ id: 'started_at', header: text('refresh.started'), unit: zone, at: (run: Run) => run.started_at, width: 200 }),
      {
        id: 'status',
        header: text('refresh.state'),
        type: 'text',
        width: 130,
        value: (run) => text(`refresh.status.${run.status as 'SUCCESS'}`),
        renderCell: (run) => <Status tone={tones[run.status] ?? 'quiet'}>{text(`refresh.status.${run.status as 'SUCCESS'}`)}</Status>,
      },
      { id: 'cause', header: text('refresh.cause'), type: 'text', width: 130, value: (run) => text(`refresh.cause.${run.cause as 'manual'}`) },
      {
        id: 'duration',
        header: text('refresh.duration'),
        unit: text('refresh.ms'),
        type: 'number',
        kind: 'seconds1',
        width: 120,
        value: (run) => sum(run, ({ duration_ms: ms }) => ms),
      },
      { id: 'changed', header: text('refresh.changed'), type: 'number', width: 120, value: (run) => sum(run, ({ changed_count: count }) => count) },
      { id: 'error_message', header: text('refresh.error'), type: 'text', width: 420, value: (run) => run.error_message ?? '' },
    ],
    [text, time],
  );
  const state = address['runSort'] === undefined ? {} : { sort: address['runSort'] };
  return (
    <DataTable
      name={text('refresh.log')}
      rows={runs}
      columns={columns}
      rowKey={(run) => run.run_id}
      state={state}
      onState={(next) => change('sort' in next ? { runSort: next.sort } : {}, { replace: true })}
      maxRows={10}
      empty={text('refresh.noRuns')}
    />
  );
}
