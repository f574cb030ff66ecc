import type { UseQueryResult } from '@tanstack/react-query';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { KpiCard, KpiRow } from '../../../kit/card/KpiCard.tsx';
import { Answer } from '../../../kit/states/Answer.tsx';
import { agentKpis, agentNumber } from '../agent_kpis.ts';
import type { AgentItem } from '../agent_queries.ts';

export function AgentCards({ total, onOpen }: { total: UseQueryResult<AgentItem | null>; onOpen: (kpi: string) => void }) {
  const text = useText();
  const format = useFormat();
  return (
    <Answer query={total} rows={1}>
      {(item) => (
        <KpiRow>
          {agentKpis.map((kpi) => (
            <KpiCard
              key={kpi.name}
              label={text(kpi.label)}
              value={format.number(item && agentNumber(item, kpi), kpi.kind)}
              unit={text(kpi.unit)}
              openLabel={text('drill.open')}
              onOpen={() => onOpen(kpi.name)}
            />
          ))}
        </KpiRow>
      )}
    </Answer>
  );
}
