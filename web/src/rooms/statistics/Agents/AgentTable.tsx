import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useText } from '../../../i18n/text.ts';
import { Answer } from '../../../kit/states/Answer.tsx';
import type { Column } from '../../../kit/table/column.ts';
import { DataTable } from '../../../kit/table/DataTable.tsx';
import { useTableAddress } from '../../../shell/table-address.ts';
import { type AgentKpi, agentNumber, everyAgentKpi } from '../agent_kpis.ts';
import { type AgentQuestion, type ComparedAgent, comparisonQuery } from '../agent_queries.ts';

interface AgentTableProps {
  name: string;
  question: AgentQuestion;
  onAgent: (agent: string) => void;
  onOpen: (kpi: string, agent: string) => void;
}

/** One row per agent over the window, to be sorted by any figure: who does how much, and how. */
export function AgentTable({ name, question, onAgent, onOpen }: AgentTableProps) {
  const text = useText();
  const query = useQuery(comparisonQuery(question));
  const [state, setState] = useTableAddress();
  const columns = useMemo(
    (): Column<ComparedAgent>[] => [
      {
        id: 'agent',
        header: text('agents.agent'),
        type: 'text',
        width: 210,
        value: (row) => row.agent_name,
        onOpen: (row) => onAgent(row.agent_code),
      },
      { id: 'team', header: text('agents.team'), type: 'text', width: 150, value: (row) => row.team_name ?? '' },
      { id: 'code', header: text('agents.code'), type: 'text', width: 100, value: (row) => row.agent_code, optional: true },
      ...everyAgentKpi.map((kpi: AgentKpi): Column<ComparedAgent> => ({
        id: kpi.name,
        header: text(kpi.label),
        unit: text(kpi.unit),
        type: 'number',
        kind: kpi.kind,
        width: 120,
        value: (row) => agentNumber(row, kpi),
        optional: kpi.optional ?? false,
        onOpen: (row) => onOpen(kpi.name, row.agent_code),
      })),
    ],
    [text, onAgent, onOpen],
  );
  return (
    <Answer query={query} rows={8}>
      {(items) => (
        <DataTable
          name={name}
          rows={items}
          columns={columns}
          rowKey={(row) => row.agent_id}
          state={{ sort: '-handled', ...state }}
          onState={setState}
          maxRows={14}
          empty={text(question.mine ? 'agents.noneOfMine' : 'agents.nobody')}
        />
      )}
    </Answer>
  );
}
