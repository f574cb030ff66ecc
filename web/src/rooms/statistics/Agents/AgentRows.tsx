import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useText } from '../../../i18n/text.ts';
import { DrillRows } from '../../../kit/drill/DrillRows.tsx';
import { useTimeCells } from '../../../kit/table/cells.ts';
import type { Column } from '../../../kit/table/column.ts';
import { type AgentQuestion, type AgentRow, agentRowsLimit, agentRowsQuery } from '../agent_queries.ts';

const times = ['login_seconds', 'talk_seconds', 'hold_seconds', 'wrap_seconds', 'ready_seconds', 'not_ready_seconds', 'unaccounted_seconds'] as const;

/** The stored quarters behind a figure, in seconds as they came. */
export function AgentRows({ question }: { question: AgentQuestion }) {
  const text = useText();
  const query = useQuery(agentRowsQuery(question));
  const time = useTimeCells(question.zone);
  const columns = useMemo(
    (): Column<AgentRow>[] => [
      time({ id: 'interval_start', header: text('fact.start'), at: (row: AgentRow) => row.interval_start }),
      { id: 'agent', header: text('agents.agent'), type: 'text', width: 150, value: (row) => row.agent_name },
      { id: 'queue', header: text('picker.queue'), type: 'text', width: 130, value: (row) => row.queue ?? row.service_code ?? '' },
      ...times.map((name): Column<AgentRow> => ({
        id: name,
        header: text(`kpi.${name}`),
        unit: text('unit.seconds'),
        type: 'number',
        width: 95,
        value: (row) => row[name],
        optional: name === 'unaccounted_seconds',
      })),
      { id: 'handled', header: text('kpi.handled'), unit: text('unit.calls'), type: 'number', width: 95, value: (row) => row.handled },
      {
        id: 'transferred',
        header: text('kpi.transferred'),
        unit: text('unit.calls'),
        type: 'number',
        width: 95,
        value: (row) => row.transferred,
        optional: true,
      },
      { id: 'batch', header: text('fact.batch'), type: 'text', width: 90, value: (row) => row.batch_id.slice(0, 8), optional: true },
    ],
    [text, time],
  );
  return (
    <DrillRows
      query={query}
      columns={columns}
      rowKey={(row) => `${row.interval_start}/${row.agent_id}/${row.service_id}/${row.group_key}`}
      limit={agentRowsLimit}
    />
  );
}
