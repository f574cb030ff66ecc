import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useText } from '../../../i18n/text.ts';
import { CodeBlock } from '../../../kit/drill/CodeBlock.tsx';
import { Answer } from '../../../kit/states/Answer.tsx';
import { SidePanel } from '../../../kit/states/SidePanel.tsx';
import type { Column, TableState } from '../../../kit/table/column.ts';
import { DataTable } from '../../../kit/table/DataTable.tsx';
import { useChangeAddress } from '../../../shell/address.ts';
import { rowsQuery, type Score } from '../queries.ts';
import { wordsOf } from './Findings.tsx';

type Row = Record<string, unknown> & { place: number };

/** The rows that break a rule, what to do, and the SQL that finds them. */
export function WrongRows({ rule, scores }: { rule: string; scores: Score[] }) {
  const text = useText();
  const change = useChangeAddress();
  const score = scores.find(({ result }) => result.issues_found.some((issue) => issue.rule === rule));
  const issue = score?.result.issues_found.find((entry) => entry.rule === rule);
  const { start_date = null, end_date = null } = score?.result.statistics ?? {};
  const query = useQuery(rowsQuery(rule, start_date, end_date));
  return (
    <SidePanel onClose={() => change({ rule: undefined })} title={wordsOf(text, 'dataSays', rule, issue?.says ?? rule)} width={960}>
      <Stack gap="md">
        {issue && <Text size="sm">{wordsOf(text, 'dataAdvice', rule, issue.recommendation)}</Text>}
        <Answer query={query} rows={5}>
          {({ rows, query: sql, has_more: hasMore }) => (
            <Stack gap="md">
              {rows.length === 0 ? (
                <Text c="dimmed">{text('quality.gone')}</Text>
              ) : (
                <div lang="en">
                  <Rows rows={rows} name={rule} />
                </div>
              )}
              {hasMore && (
                <Text c="dimmed" size="sm">
                  {text('quality.more', { count: rows.length })}
                </Text>
              )}
              <CodeBlock label={text('quality.sql')} code={sql} lang="en" />
            </Stack>
          )}
        </Answer>
      </Stack>
    </SidePanel>
  );
}

/** Columns are those that the query gives. */
function Rows({ rows, name }: { rows: Record<string, unknown>[]; name: string }) {
  const [state, setState] = useState<TableState>({});
  const placed: Row[] = rows.map((row, place) => ({ ...row, place }));
  const columns = useMemo(
    (): Column<Row>[] =>
      Object.keys(rows[0] ?? {}).map((id) => ({
        id,
        header: id,
        type: typeof rows[0]?.[id] === 'number' ? 'number' : 'text',
        kind: 'tick',
        width: 150,
        value: (row) => plain(row[id]),
      })),
    [rows],
  );
  return (
    <DataTable
      name={name}
      rows={placed}
      columns={columns}
      rowKey={({ place }) => place}
      state={state}
      onState={(next) => setState({ ...state, ...next })}
      maxRows={12}
    />
  );
}

function plain(value: unknown): string | number | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value);
}
