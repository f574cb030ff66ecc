import { Button, Drawer } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ComponentType, ReactNode } from 'react';
import { Panel } from '../../../design/Page.tsx';
import { useText } from '../../../i18n/text.ts';
import { Answer } from '../../../kit/states/Answer.tsx';
import type { Column } from '../../../kit/table/column.ts';
import { DataTable } from '../../../kit/table/DataTable.tsx';
import { useAddress, useChangeAddress } from '../../../shell/address.ts';
import { useTableAddress } from '../../../shell/table-address.ts';

export interface FormProps<Row> {
  /** Left out: a new one. */
  row: Row | undefined;
  /** Opens another one, or none. */
  onDone: (code: string | undefined) => void;
}

interface EntityListProps<Row> {
  title: string;
  /** On the button that makes one. */
  create: string;
  query: UseQueryResult<Row[]>;
  columns: Column<Row>[];
  /** As it stands in the address; must be unique. */
  codeOf: (row: Row) => string;
  nameOf: (row: Row) => string;
  empty: ReactNode;
  /** The form of one, or of a new one. */
  Form: ComponentType<FormProps<Row>>;
}

const made = '*';

/** A list whose items are opened, changed and made beside it. */
export function EntityList<Row>({ title, create, query, columns, codeOf, nameOf, empty, Form }: EntityListProps<Row>) {
  const text = useText();
  const change = useChangeAddress();
  const [state, setState] = useTableAddress();
  const open = useAddress()['open'];
  const row = query.data?.find((one) => codeOf(one) === open);
  const done = (code: string | undefined) => change({ open: code });
  return (
    <>
      <Panel
        title={title}
        flush
        actions={
          <Button leftSection={<IconPlus size={16} />} onClick={() => change({ open: made })}>
            {create}
          </Button>
        }
      >
        <Answer query={query} rows={5}>
          {(rows) =>
            rows.length === 0 ? (
              empty
            ) : (
              <DataTable name={title} rows={rows} columns={columns} rowKey={codeOf} state={state} onState={setState} maxRows={18} />
            )
          }
        </Answer>
      </Panel>
      <Drawer
        opened={open === made || row !== undefined}
        onClose={() => done(undefined)}
        position="right"
        size="min(560px, 100vw)"
        title={row ? nameOf(row) : create}
        closeButtonProps={{ 'aria-label': text('common.close') }}
      >
        {(open === made || row !== undefined) && <Form key={open} row={row} onDone={done} />}
      </Drawer>
    </>
  );
}
