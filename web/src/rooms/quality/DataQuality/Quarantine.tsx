import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Panel } from '../../../design/Page.tsx';
import { useText } from '../../../i18n/text.ts';
import { Answer } from '../../../kit/states/Answer.tsx';
import { Empty } from '../../../kit/states/Empty.tsx';
import type { Column, TableState } from '../../../kit/table/column.ts';
import { DataTable } from '../../../kit/table/DataTable.tsx';
import { quarantineQuery, type QuarantinedRow } from '../queries.ts';
import { SettleRow } from './SettleRow.tsx';

/** Rows that imports put aside and nobody has settled yet; a click says what was wrong and settles it. */
export function Quarantine() {
  const text = useText();
  const [settling, setSettling] = useState<QuarantinedRow>();
  const query = useQuery(quarantineQuery);
  const [state, setState] = useState<TableState>({});
  const columns = useMemo((): Column<QuarantinedRow>[] => {
    const open = (row: QuarantinedRow) => setSettling(row);
    return [
      { id: 'filename', header: text('quality.file'), type: 'text', width: 240, value: ({ filename }) => filename, onOpen: open },
      {
        id: 'row_number',
        header: text('error.row'),
        type: 'number',
        width: 90,
        value: ({ row_number: row }) => row,
        text: ({ row_number: row }) => row?.toString() ?? '',
        onOpen: open,
      },
      { id: 'column_name', header: text('error.column'), type: 'text', width: 180, value: ({ column_name: column }) => column },
      { id: 'value', header: text('error.value'), type: 'text', width: 150, value: ({ value }) => value },
      { id: 'rule', header: text('error.rule'), type: 'text', width: 260, value: ({ rule }) => rule, renderCell: ({ rule }) => <code>{rule}</code> },
    ];
  }, [text]);
  return (
    <Panel title={text('quality.quarantine')} about={text('quality.quarantineAbout')} flush>
      <Answer query={query} rows={3}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={text('quality.noQuarantine')} />
          ) : (
            <DataTable
              name={text('quality.quarantine')}
              rows={rows}
              columns={columns}
              rowKey={({ error_id: id }) => id}
              state={state}
              onState={(next) => setState({ ...state, ...next })}
              maxRows={8}
            />
          )
        }
      </Answer>
      {settling !== undefined && <SettleRow key={settling.error_id} row={settling} onClose={() => setSettling(undefined)} />}
    </Panel>
  );
}
