import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useMemo } from 'react';
import { Panel } from '../../../design/Page.tsx';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { ChartStack } from '../../../kit/chart/ChartStack.tsx';
import type { Span } from '../../../kit/chart/series.ts';
import { readZoom, writeZoom } from '../../../kit/picker/range.ts';
import { Answer } from '../../../kit/states/Answer.tsx';
import { useAddress, useChangeAddress } from '../../../shell/address.ts';
import { activityQuery, agentTotalQuery } from '../agent_queries.ts';
import { AgentCards } from './AgentCards.tsx';
import { AgentTable } from './AgentTable.tsx';
import { agentPanes } from './panes.ts';
import type { AgentsView } from './useAgents.ts';

// What is not seen at first is loaded when it is wanted.
const AgentDrill = lazy(() => import('./AgentDrill.tsx').then((part) => ({ default: part.AgentDrill })));

/** Cards, what the time was spent on, and the agents side by side. */
export function AgentFigures({ view }: { view: AgentsView }) {
  const text = useText();
  const format = useFormat();
  const address = useAddress();
  const change = useChangeAddress();
  const { question, zone, window, grain } = view;
  const series = useQuery(activityQuery(question, grain));
  const total = useQuery(agentTotalQuery(question));
  const panes = useMemo(() => agentPanes(series.data ?? [], text, format), [series.data, text, format]);
  const open = useCallback(
    (kpi: string, span: Span, agent?: string) => change({ open: `${kpi}@${writeZoom(span, zone)}`, openAgent: agent }),
    [change, zone],
  );
  const openAgent = useCallback((kpi: string, agent: string) => open(kpi, window, agent), [open, window]);
  const goToAgent = useCallback((agent: string) => change({ agent }), [change]);
  const [kpi, opened] = (address['open'] ?? '').split('@');
  const name = `${text('nav.agents')} ${writeZoom(window, zone).replaceAll(':', '').replace('~', ' ')}`;
  return (
    <Stack gap="md">
      <AgentCards total={total} onOpen={(one) => open(one, window)} />
      <Panel flush>
        <Answer query={series} rows={8}>
          {() => (
            <ChartStack
              label={text('nav.agents')}
              panes={panes}
              span={window}
              zone={zone}
              height={420}
              onZoom={(span) => change({ zoom: writeZoom(span, zone) })}
              onReset={() => view.zoom && change({ zoom: undefined })}
              onOpen={open}
            />
          )}
        </Answer>
      </Panel>
      <Panel flush>
        <AgentTable name={name} question={question} onAgent={goToAgent} onOpen={openAgent} />
      </Panel>
      {kpi && (
        <Suspense>
          <AgentDrill
            kpi={kpi}
            question={{ ...question, span: readZoom(opened, zone) ?? window, agent: address['openAgent'] ?? question.agent }}
            onClose={() => change({ open: undefined, openAgent: undefined })}
          />
        </Suspense>
      )}
    </Stack>
  );
}
