import { Drawer, Group, Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { agentActivity, agentTimeline } from '../../../../../src/rooms/statistics/contract.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useLanguage, useText } from '../../../i18n/text.ts';
import { CodeBlock } from '../../../kit/drill/CodeBlock.tsx';
import style from '../../../kit/drill/DrillDown.module.css';
import { sqlOf } from '../../../kit/sql.ts';
import { Answer } from '../../../kit/states/Answer.tsx';
import { agentNumber, everyAgentKpi } from '../agent_kpis.ts';
import { activityInput, type AgentQuestion, agentsInput, agentTotalQuery } from '../agent_queries.ts';
import { kpiQuery } from '../queries.ts';
import { AgentRows } from './AgentRows.tsx';

/** What a figure of agents is made of: the quarters behind it, its formula and the SQL that makes it. */
export function AgentDrill({ kpi, question, onClose }: { kpi: string; question: AgentQuestion; onClose: () => void }) {
  const text = useText();
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(960px, 100vw)"
      title={text('drill.title')}
      closeButtonProps={{ 'aria-label': text('common.close') }}
    >
      <Behind kpi={kpi} question={question} />
    </Drawer>
  );
}

function Behind({ kpi, question }: { kpi: string; question: AgentQuestion }) {
  const text = useText();
  const format = useFormat();
  const language = useLanguage();
  const [tab, setTab] = useState<string | null>('rows');
  const definition = useQuery(kpiQuery(`agent_${kpi}`));
  const total = useQuery(agentTotalQuery(question));
  const shown = everyAgentKpi.find(({ name }) => name === kpi);
  const { span, zone } = question;
  const about = [
    question.agent ?? question.team ?? (question.mine ? text('picker.myTeam') : text('agents.everyAgent')),
    question.service ?? text('agents.everyService'),
    `${format.dateTime(span.from, zone)} – ${format.dateTime(span.to, zone)}`,
    zone,
  ];
  return (
    <Stack gap="md">
      <div>
        <Text c="dimmed" size="sm">
          {about.join(' · ')}
        </Text>
        <Group gap="sm" align="baseline">
          <Text fw={600}>{definition.data?.[`title_${language}`] ?? (shown ? text(shown.label) : kpi)}</Text>
          <Text size="lg" fw={600}>
            {shown && total.data ? format.number(agentNumber(total.data, shown), shown.kind) : ''}
          </Text>
          <Text c="dimmed" size="xs">
            {shown && text(shown.unit)}
          </Text>
        </Group>
      </div>
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="rows">{text('drill.rows')}</Tabs.Tab>
          <Tabs.Tab value="formula">{text('drill.formula')}</Tabs.Tab>
          <Tabs.Tab value="sql">SQL</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="rows" pt="md">
          <AgentRows question={question} />
        </Tabs.Panel>
        <Tabs.Panel value="formula" pt="md">
          <Answer query={definition}>
            {(data) => (
              <Stack gap="md">
                <CodeBlock label={text('drill.formulaWords')} code={data.formula} lang="en" />
                <CodeBlock label={text('drill.formulaSql')} code={data.sql} lang="en" />
                <dl className={style.facts}>
                  <dt>{text('drill.tables')}</dt>
                  <dd>{data.tables.join(', ')}</dd>
                  <dt>{text('drill.tests')}</dt>
                  <dd>{data.tests.join(', ')}</dd>
                  <dt>{text('drill.shownIn')}</dt>
                  <dd>{data.shown_in.join(', ')}</dd>
                </dl>
                <CodeBlock label={text('drill.command')} code={`npx qh explain agent_${kpi}`} lang="en" />
              </Stack>
            )}
          </Answer>
        </Tabs.Panel>
        <Tabs.Panel value="sql" pt="md">
          <CodeBlock label={text('drill.sqlNumber')} code={sqlOf(agentActivity, activityInput(question, 0), kpi)} lang="en" />
          <CodeBlock label={text('drill.sqlRows')} code={sqlOf(agentTimeline, agentsInput(question))} lang="en" />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
