import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Panel } from '../../../design/Page.tsx';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { Answer } from '../../../kit/states/Answer.tsx';
import { Empty } from '../../../kit/states/Empty.tsx';
import type { Column, TableState } from '../../../kit/table/column.ts';
import { DataTable } from '../../../kit/table/DataTable.tsx';
import { repairsQuery, type Repair } from '../queries.ts';

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The log of repairs: what imports put right by themselves, and what people settled. */
export function Repairs() {
  const text = useText();
  const format = useFormat();
  const query = useQuery(repairsQuery);
  const [state, setState] = useState<TableState>({});
  const columns = useMemo(
    (): Column<Repair>[] => [
      {
        id: 'repaired_at',
        header: text('quality.when'),
        type: 'time',
        width: 170,
        value: ({ repaired_at: at }) => Date.parse(at),
        renderCell: ({ repaired_at: at }) => format.dateTime(Date.parse(at), here),
        text: ({ repaired_at: at }) => format.dateTime(Date.parse(at), here),
      },
      { id: 'repaired_by', header: text('quality.by'), type: 'text', width: 140, value: ({ repaired_by: by }) => by },
      { id: 'filename', header: text('quality.file'), type: 'text', width: 220, value: ({ filename }) => filename },
      { id: 'rule', header: text('error.rule'), type: 'text', width: 200, value: ({ rule }) => rule, renderCell: ({ rule }) => <code>{rule}</code> },
      { id: 'what', header: text('quality.what'), type: 'text', width: 340, value: ({ what }) => what, lang: 'en' },
      { id: 'occurrences', header: text('quality.count'), type: 'number', width: 80, value: ({ occurrences }) => occurrences },
    ],
    [text, format],
  );
  return (
    <Panel title={text('quality.repairs')} about={text('quality.repairsAbout')} flush>
      <Answer query={query} rows={3}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={text('quality.noRepairs')} />
          ) : (
            <DataTable
              name={text('quality.repairs')}
              rows={rows}
              columns={columns}
              rowKey={({ error_id: id, kind }) => `${kind} ${id}`}
              state={state}
              onState={(next) => setState({ ...state, ...next })}
              maxRows={8}
            />
          )
        }
      </Answer>
    </Panel>
  );
}
