import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ComponentType, ReactNode } from 'react';
import { SidePanel } from '../../../kit/states/SidePanel.tsx';
import type { Column } from '../../../kit/table/column.ts';
import { ListPanel } from '../../../kit/table/ListPanel.tsx';
import { useAddress, useChangeAddress } from '../../../shell/address.ts';

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
  const change = useChangeAddress();
  const open = useAddress()['open'];
  const row = query.data?.find((one) => codeOf(one) === open);
  const done = (code: string | undefined) => change({ open: code });
  return (
    <>
      <ListPanel
        name={title}
        title={title}
        actions={
          <Button leftSection={<IconPlus size={16} />} onClick={() => change({ open: made })}>
            {create}
          </Button>
        }
        query={query}
        columns={columns}
        rowKey={codeOf}
        empty={empty}
      />
      <SidePanel opened={open === made || row !== undefined} onClose={() => done(undefined)} title={row ? nameOf(row) : create}>
        {(open === made || row !== undefined) && <Form key={open} row={row} onDone={done} />}
      </SidePanel>
    </>
  );
}
