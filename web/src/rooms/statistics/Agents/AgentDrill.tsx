import { useQuery } from '@tanstack/react-query';
import { agentActivity, agentTimeline } from '../../../../../src/rooms/statistics/contract.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { Drill } from '../../../kit/drill/Drill.tsx';
import { sqlOf } from '../../../kit/sql.ts';
import { agentNumber, everyAgentKpi } from '../agent_kpis.ts';
import { activityInput, type AgentQuestion, agentsInput, agentTotalQuery } from '../agent_queries.ts';
import { AgentRows } from './AgentRows.tsx';

/** What a figure of agents is made of. */
export function AgentDrill({ kpi, question, onClose }: { kpi: string; question: AgentQuestion; onClose: () => void }) {
  const text = useText();
  const format = useFormat();
  const total = useQuery(agentTotalQuery(question));
  const shown = everyAgentKpi.find(({ name }) => name === kpi);
  const { agent, team, mine, service, span, zone } = question;
  return (
    <Drill
      kpi={`agent_${kpi}`}
      label={shown ? text(shown.label) : kpi}
      about={[
        agent ?? team ?? text(mine ? 'picker.myTeam' : 'agents.everyAgent'),
        service ?? text('agents.everyService'),
        `${format.dateTime(span.from, zone)} – ${format.dateTime(span.to, zone)}`,
        zone,
      ]}
      value={shown && total.data ? format.number(agentNumber(total.data, shown), shown.kind) : ''}
      unit={shown ? text(shown.unit) : ''}
      rows={<AgentRows question={question} />}
      sqlOfNumber={sqlOf(agentActivity, activityInput(question, 0), kpi)}
      sqlOfRows={sqlOf(agentTimeline, agentsInput(question))}
      onClose={onClose}
    />
  );
}
