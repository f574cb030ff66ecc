import { IconHeadset } from '@tabler/icons-react';
import { Page, Panel } from '../../../design/Page.tsx';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { Answer } from '../../../kit/states/Answer.tsx';
import { Empty } from '../../../kit/states/Empty.tsx';
import { ImportButton } from '../../../kit/states/ImportButton.tsx';
import { zoneAt } from '../../../kit/time/zone.ts';
import type { Service } from '../../org/queries.ts';
import { AgentFigures } from './AgentFigures.tsx';
import { AgentFilters } from './AgentFilters.tsx';
import { type AgentsView, useAgents } from './useAgents.ts';

/** What do my people spend their time on, and how do they compare? */
export function AgentsPage() {
  const text = useText();
  const format = useFormat();
  const { span, view, service, services } = useAgents();
  const about =
    view &&
    `${format.dateTime(view.window.from, view.zone)} – ${format.dateTime(view.window.to, view.zone)} · ${zoneAt(view.window.from, view.zone)}`;
  return (
    <Page title={text('nav.agents')} about={about}>
      <Answer query={services} rows={6}>
        {() => (service ? <Answer query={span}>{() => (view ? <Content service={service} view={view} /> : <NoActivity />)}</Answer> : <NoActivity />)}
      </Answer>
    </Page>
  );
}

function Content({ service, view }: { service: Service; view: AgentsView }) {
  return (
    <>
      <AgentFilters service={service} view={view} />
      <AgentFigures view={view} />
    </>
  );
}

function NoActivity() {
  const text = useText();
  return (
    <Panel>
      <Empty
        icon={<IconHeadset size={32} stroke={1.4} />}
        title={text('agents.emptyTitle')}
        actions={<ImportButton />}
        command="npx qh import agents.xlsx"
      >
        {text('agents.emptyText')}
      </Empty>
    </Panel>
  );
}
