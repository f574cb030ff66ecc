import { Group, Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useLanguage, useText } from '../../i18n/text.ts';
import { kpiQuery } from '../../rooms/statistics/queries.ts';
import { Answer } from '../states/Answer.tsx';
import { SidePanel } from '../states/SidePanel.tsx';
import { CodeBlock } from './CodeBlock.tsx';
import style from './DrillDown.module.css';

interface DrillProps {
  /** As `explain` knows the figure. */
  kpi: string;
  /** Its name, where `explain` has none in the reader's language. */
  label: string;
  /** Of whom and of when, part by part. */
  about: string[];
  value: string;
  unit: string;
  /** The rows that the figure is made of. */
  rows: ReactNode;
  sqlOfNumber: string;
  sqlOfRows: string;
  onClose: () => void;
}

/** What a number is made of: the rows behind it, its formula and the SQL that makes it. */
export function Drill({ onClose, ...behind }: DrillProps) {
  const text = useText();
  return (
    <SidePanel title={text('drill.title')} width={960} onClose={onClose}>
      <Behind {...behind} />
    </SidePanel>
  );
}

function Behind({ kpi, label, about, value, unit, rows, sqlOfNumber, sqlOfRows }: Omit<DrillProps, 'onClose'>) {
  const text = useText();
  const language = useLanguage();
  const [tab, setTab] = useState<string | null>('rows');
  const definition = useQuery(kpiQuery(kpi));
  return (
    <Stack gap="md">
      <div>
        <Text c="dimmed" size="sm">
          {about.join(' · ')}
        </Text>
        <Group gap="sm" align="baseline">
          <Text fw={600}>{definition.data?.[`title_${language}`] ?? label}</Text>
          <Text size="lg" fw={600}>
            {value}
          </Text>
          <Text c="dimmed" size="xs">
            {unit}
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
          {rows}
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
          <CodeBlock label={text('drill.sqlNumber')} code={sqlOfNumber} lang="en" />
          <CodeBlock label={text('drill.sqlRows')} code={sqlOfRows} lang="en" />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
