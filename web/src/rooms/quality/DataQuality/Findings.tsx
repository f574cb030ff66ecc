import { IconCircleCheck } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Panel } from '../../../design/Page.tsx';
import { isMessageKey, type Text, useText } from '../../../i18n/text.ts';
import { Empty } from '../../../kit/states/Empty.tsx';
import { Status, type Tone } from '../../../kit/states/Status.tsx';
import type { Column } from '../../../kit/table/column.ts';
import { DataTable } from '../../../kit/table/DataTable.tsx';
import { useChangeAddress } from '../../../shell/address.ts';
import { useTableAddress } from '../../../shell/table-address.ts';
import type { Issue, Score } from '../queries.ts';
import { tableName } from './Scores.tsx';

type Finding = Issue & { table: string };

const tones: Record<Issue['severity'], Tone> = { critical: 'bad', high: 'bad', medium: 'risk', low: 'quiet' };

/** What should hold, in the reader's language where there are words for the rule. */
export function wordsOf(text: Text, kind: 'dataSays' | 'dataAdvice', rule: string, spoken: string): string {
  const key = kind === 'dataSays' ? `dataSays.${rule}` : `dataAdvice.${rule}`;
  return isMessageKey(key) ? text(key) : spoken;
}

/** Every broken rule: how many rows, what it costs, what to do; a click shows the rows and the SQL. */
export function Findings({ scores }: { scores: Score[] }) {
  const text = useText();
  const change = useChangeAddress();
  const [state, setState] = useTableAddress();
  const findings: Finding[] = scores.flatMap(({ table_name, result }) => result.issues_found.map((issue) => ({ ...issue, table: table_name })));
  const columns = useMemo((): Column<Finding>[] => {
    const open = ({ rule }: Finding) => change({ rule });
    return [
      {
        id: 'severity',
        header: text('quality.severity'),
        type: 'text',
        width: 110,
        value: ({ severity }) => text(`dataSeverity.${severity}`),
        renderCell: ({ severity }) => <Status tone={tones[severity]}>{text(`dataSeverity.${severity}`)}</Status>,
        onOpen: open,
      },
      { id: 'table', header: text('quality.table'), type: 'text', width: 160, value: ({ table }) => tableName(text, table), onOpen: open },
      {
        id: 'says',
        header: text('quality.says'),
        type: 'text',
        width: 290,
        value: ({ rule, says }) => wordsOf(text, 'dataSays', rule, says),
        onOpen: open,
      },
      { id: 'count', header: text('quality.count'), type: 'number', width: 70, value: ({ count }) => count, onOpen: open },
      { id: 'share', header: text('quality.share'), unit: '%', type: 'number', kind: 'ratio', width: 80, value: ({ share_pct }) => share_pct },
      { id: 'penalty', header: text('quality.penalty'), type: 'number', width: 70, value: ({ penalty }) => -penalty },
      {
        id: 'advice',
        header: text('quality.advice'),
        type: 'text',
        width: 420,
        value: ({ rule, recommendation }) => wordsOf(text, 'dataAdvice', rule, recommendation),
      },
      {
        id: 'kind',
        header: text('quality.kind'),
        type: 'text',
        width: 140,
        value: ({ check_type }) => text(`dataKind.${check_type}`),
        optional: true,
      },
    ];
  }, [text, change]);
  return (
    <Panel title={text('quality.findings')} about={text('quality.findingsAbout')} flush>
      {findings.length === 0 ? (
        <Empty icon={<IconCircleCheck size={32} stroke={1.4} />} title={text('quality.none')} />
      ) : (
        <DataTable
          name={text('quality.findings')}
          rows={findings}
          columns={columns}
          rowKey={({ rule }) => rule}
          state={state}
          onState={setState}
          maxRows={12}
        />
      )}
    </Panel>
  );
}
