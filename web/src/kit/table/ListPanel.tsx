import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Panel } from '../../design/Page.tsx';
import { useTableAddress } from '../../shell/table-address.ts';
import { Answer } from '../states/Answer.tsx';
import type { Column } from './column.ts';
import { DataTable } from './DataTable.tsx';

interface ListPanelProps<Row> {
  /** Of the table, for who hears it and for a file of it. */
  name: string;
  /** Over the table, where it is not all of the page. */
  title?: string;
  actions?: ReactNode;
  query: UseQueryResult<Row[]>;
  columns: Column<Row>[];
  rowKey: (row: Row) => string | number;
  /** In place of a table without rows. */
  empty: ReactNode;
}

/** The table that a page is for; its order and filters are kept in the address. */
export function ListPanel<Row>({ name, title, actions, query, columns, rowKey, empty }: ListPanelProps<Row>) {
  const [state, setState] = useTableAddress();
  return (
    <Panel flush {...(title === undefined ? {} : { title })} {...(actions === undefined ? {} : { actions })}>
      <Answer query={query} rows={5}>
        {(rows) =>
          rows.length === 0 ? (
            empty
          ) : (
            <DataTable name={name} rows={rows} columns={columns} rowKey={rowKey} state={state} onState={setState} maxRows={20} />
          )
        }
      </Answer>
    </Panel>
  );
}
