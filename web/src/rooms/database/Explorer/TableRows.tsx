import { Button, Group } from '@mantine/core';
import { IconDatabaseOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Panel } from '../../../design/Page.tsx';
import { problemOf } from '../../../client.ts';
import { useText } from '../../../i18n/text.ts';
import { Empty } from '../../../kit/states/Empty.tsx';
import { Loading } from '../../../kit/states/Loading.tsx';
import { Problem } from '../../../kit/states/Problem.tsx';
import type { Column } from '../../../kit/table/column.ts';
import { DataTable } from '../../../kit/table/DataTable.tsx';
import { useTableAddress } from '../../../shell/table-address.ts';
import { pageRows, type Row, rowsQuery, type TableInfo } from '../queries.ts';
import { columnType, questionOf } from './conditions.ts';
import { ExportMenu, ExportProgress, useExport } from './ExportMenu.tsx';

interface Numbered {
  row: Row;
  number: number;
}

const shown = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);

/** What was typed is refused: asking the same again changes nothing. */
const isInput = (error: unknown): boolean => problemOf(error).code === 'bad_request';

/** The rows of a table. Filters and order are the server's, so they hold for all rows and not only for those that are here. */
export function TableRows({ table }: { table: TableInfo }) {
  const text = useText();
  const [state, setState] = useTableAddress();
  const question = questionOf(table, state);
  const query = useInfiniteQuery(rowsQuery(question));
  const files = useExport(question, state.columns?.split(','));
  const columns = useMemo(
    () =>
      table.columns.map(({ column_name: name, data_type: type, column_comment: comment, is_sortable: canSort }): Column<Numbered> => {
        const kind = columnType(type);
        return {
          id: name,
          header: name,
          unit: comment ?? type,
          type: kind,
          isUnsorted: !canSort,
          ...(kind === 'time' ? { filterHelp: text('explorer.filterTime') } : {}),
          width: Math.min(260, Math.max(110, name.length * 9 + 70)),
          value: ({ row }) => (kind === 'number' && row[name] !== null ? Number(row[name]) : shown(row[name])),
          // Ids and counts stand as they are stored, without marks for thousands.
          text: ({ row }) => shown(row[name]),
        };
      }),
    [table, text],
  );
  const rows = useMemo(() => (query.data?.pages ?? []).flatMap(({ items }) => items as Row[]).map((row, number) => ({ row, number })), [query.data]);
  return (
    <Panel title={table.table_name} about={table.table_comment} actions={<ExportMenu order={files.order} />} flush>
      {files.order.error && <Problem error={files.order.error} />}
      {files.exportId !== undefined && (
        <Group px="md" py="sm">
          <ExportProgress key={files.exportId} exportId={files.exportId} />
        </Group>
      )}
      {query.error && <Problem error={query.error} {...(isInput(query.error) ? {} : { onRetry: () => void query.refetch() })} />}
      {query.data === undefined && !query.error && <Loading rows={10} />}
      {query.data !== undefined && rows.length === 0 && state.filters === undefined ? (
        <Empty
          icon={<IconDatabaseOff size={32} stroke={1.4} />}
          title={text('explorer.emptyTitle')}
          command={`npx qh database rows ${table.table_name}`}
        >
          {text('explorer.emptyText')}
        </Empty>
      ) : (
        // The heads stay when the server refuses what stands in them: that is where it is corrected.
        (query.data !== undefined || query.error !== null) && (
          <div aria-busy={query.isPlaceholderData}>
            <DataTable
              name={table.table_name}
              rows={rows}
              columns={columns}
              rowKey={({ number }) => number}
              state={state}
              onState={setState}
              isServed
              maxRows={22}
              tools={
                query.hasNextPage && (
                  <Button size="compact-xs" variant="subtle" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                    {text('explorer.more', { count: pageRows })}
                  </Button>
                )
              }
              empty={query.error === null && text('table.nothingMatches')}
            />
          </div>
        )
      )}
    </Panel>
  );
}
