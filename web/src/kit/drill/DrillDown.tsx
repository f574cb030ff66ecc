import { Drawer, Group, Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { facts, intervals } from '../../../../src/rooms/statistics/contract.ts';
import { useFormat } from '../../i18n/format.ts';
import { useLanguage, useText } from '../../i18n/text.ts';
import { everyKpi, numberOf } from '../../rooms/statistics/kpis.ts';
import { factsInput, intervalsInput, kpiQuery, type Question, totalQuery } from '../../rooms/statistics/queries.ts';
import { sqlOf } from '../sql.ts';
import { Answer } from '../states/Answer.tsx';
import { offsetName } from '../time/zone.ts';
import { CodeBlock } from './CodeBlock.tsx';
import { FactTable } from './FactTable.tsx';
import style from './DrillDown.module.css';

interface DrillDownProps {
  /** Name of the figure. */
  kpi: string;
  question: Question;
  onClose: () => void;
}

/** What a number is made of: the rows behind it, its formula and the SQL that makes it. */
export function DrillDown({ kpi, question, onClose }: DrillDownProps) {
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

function Behind({ kpi, question }: { kpi: string; question: Question }) {
  const text = useText();
  const format = useFormat();
  const language = useLanguage();
  const [tab, setTab] = useState<string | null>('rows');
  const definition = useQuery(kpiQuery(kpi));
  const total = useQuery(totalQuery(question));
  const shown = everyKpi.find(({ name }) => name === kpi);
  const { span, zone } = question;
  const value = shown && total.data ? format.number(numberOf(total.data, shown.name), shown.kind) : undefined;
  const title = definition.data?.[`title_${language}`] ?? (shown && text(shown.label)) ?? kpi;
  return (
    <Stack gap="md">
      <div>
        <Text c="dimmed" size="sm">
          {[
            question.service,
            question.queue,
            `${format.dateTime(span.from, zone)} – ${format.dateTime(span.to, zone)}`,
            `${zone} (${offsetName(span.from, zone)})`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </Text>
        <Group gap="sm" align="baseline">
          <Text fw={600}>{title}</Text>
          <Text size="lg" fw={600}>
            {value ?? ''}
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
          <FactTable question={question} parts={definition.data?.sql ?? kpi} />
        </Tabs.Panel>
        <Tabs.Panel value="formula" pt="md">
          <Answer query={definition}>
            {(data) => (
              <Stack gap="md">
                <CodeBlock label={text('drill.formulaWords')} code={language === 'en' ? data.formula : data[`formula_${language}`]} />
                <CodeBlock label={text('drill.formulaSql')} code={data.sql} lang="en" />
                <dl className={style.facts}>
                  <dt>{text('drill.tables')}</dt>
                  <dd>{data.tables.join(', ') || '–'}</dd>
                  <dt>{text('drill.tests')}</dt>
                  <dd>{data.tests.join(', ') || '–'}</dd>
                  <dt>{text('drill.shownIn')}</dt>
                  <dd>{data.shown_in.join(', ') || '–'}</dd>
                </dl>
                <CodeBlock label={text('drill.command')} code={`npx qh explain ${kpi}`} lang="en" />
              </Stack>
            )}
          </Answer>
        </Tabs.Panel>
        <Tabs.Panel value="sql" pt="md">
          <CodeBlock label={text('drill.sqlNumber')} code={sqlOf(intervals, intervalsInput(question, 0), kpi)} lang="en" />
          <CodeBlock label={text('drill.sqlRows')} code={sqlOf(facts, factsInput(question))} lang="en" />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
