import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle, IconDatabaseSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Page } from '../../../design/Page.tsx';
import { useText } from '../../../i18n/text.ts';
import { Answer } from '../../../kit/states/Answer.tsx';
import { Empty } from '../../../kit/states/Empty.tsx';
import { useAddress } from '../../../shell/address.ts';
import { type TableInfo, tablesQuery } from '../queries.ts';
import { TablePicker } from './TablePicker.tsx';
import { TableRows } from './TableRows.tsx';

/** Any table or view that may be read. */
export function ExplorerPage() {
  const text = useText();
  const query = useQuery(tablesQuery);
  const name = useAddress()['table'];
  return (
    <Page title={text('nav.explorer')} about={text('explorer.about')}>
      <Answer query={query} rows={3}>
        {(tables) => <Explored tables={tables} name={name} table={tables.find(({ table_name: own }) => own === name)} />}
      </Answer>
    </Page>
  );
}

function Explored({ tables, name, table }: { tables: TableInfo[]; name: string | undefined; table: TableInfo | undefined }) {
  const text = useText();
  const estimate = table?.estimated_rows ?? null;
  return (
    <>
      <TablePicker tables={tables} table={table} />
      {name !== undefined && table === undefined && (
        <Alert icon={<IconAlertTriangle size={18} />} role="alert">
          {text('explorer.unknown', { table: name })}
        </Alert>
      )}
      {table === undefined ? (
        <Empty
          icon={<IconDatabaseSearch size={32} stroke={1.4} />}
          title={text('explorer.pickTitle', { count: tables.length })}
          command="npx qh database schema-info"
        >
          {text('explorer.pickText')}
        </Empty>
      ) : (
        <>
          {estimate !== null && (
            <Text size="sm" c="dimmed">
              {text('explorer.estimate', { count: estimate })}
            </Text>
          )}
          <TableRows key={table.table_name} table={table} />
        </>
      )}
    </>
  );
}
