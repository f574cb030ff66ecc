import { Button, Group } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { exportAudit } from '../../../../../src/rooms/admin/contract.ts';
import { url } from '../../../client.ts';
import { Panel } from '../../../design/Page.tsx';
import { isMessageKey, type Text as TextOf, useText } from '../../../i18n/text.ts';
import { Loading } from '../../../kit/states/Loading.tsx';
import { Problem } from '../../../kit/states/Problem.tsx';
import { SidePanel } from '../../../kit/states/SidePanel.tsx';
import { useTimeCells } from '../../../kit/table/cells.ts';
import type { Column } from '../../../kit/table/column.ts';
import { DataTable } from '../../../kit/table/DataTable.tsx';
import { useAddress, useChangeAddress } from '../../../shell/address.ts';
import { useTableAddress } from '../../../shell/table-address.ts';
import { AdminPage } from '../AdminPage.tsx';
import { type AuditFilters, auditQuery, type Entry } from '../queries.ts';
import { AuditEntry } from './AuditEntry.tsx';
import { differences, shortly } from './differences.ts';
import { Filters } from './Filters.tsx';
import { Verify } from './Verify.tsx';

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

function useFilters(): AuditFilters {
  const { principal, operation, object, from, to } = useAddress();
  return useMemo(() => {
    const moment = (local: string | undefined) => (local && !Number.isNaN(Date.parse(local)) ? new Date(local).toISOString() : undefined);
    const given = { principal, operation, object, from: moment(from), to: moment(to) };
    return Object.fromEntries(Object.entries(given).filter(([, value]) => value)) as AuditFilters;
  }, [principal, operation, object, from, to]);
}

/** A job has the name that it has everywhere, which is code; people and keys are named in words. */
function Who({ entry }: { entry: Entry }) {
  const who = whoOf(useText(), entry);
  return entry.principal_kind === 'job' ? <code>{who}</code> : who;
}

export function whoOf(text: TextOf, { principal_kind, principal_name, principal_id }: Entry): string {
  // An invitation is accepted by who is not signed in yet.
  if (principal_id === 'nobody') return text('audit.nobody');
  const key = `audit.kind.${principal_kind}`;
  return `${principal_name ?? principal_id} (${isMessageKey(key) ? text(key) : principal_kind})`;
}

/** Who did what, the latest first; each row opens with what was before and after. */
export function AuditPage() {
  const text = useText();
  const filters = useFilters();
  const change = useChangeAddress();
  const chosen = useAddress()['entry'];
  const [state, setState] = useTableAddress();
  const query = useInfiniteQuery(auditQuery(filters));
  const entries = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data]);
  const open = useCallback((entry: Entry) => change({ entry: String(entry.seq) }), [change]);
  const columns = useColumns(open);
  const entry = entries.find(({ seq }) => String(seq) === chosen);
  const files = (['csv', 'xlsx', 'jsonl'] as const).map((format) => (
    <Button
      key={format}
      variant="default"
      component="a"
      href={url(exportAudit, { ...filters, format })}
      download
      leftSection={<IconDownload size={16} stroke={1.6} />}
    >
      {format === 'jsonl' ? 'JSON Lines' : format.toUpperCase()}
    </Button>
  ));
  return (
    <AdminPage tab="audit" actions={files}>
      <Verify />
      <Panel flush>
        {query.error ? (
          <Problem error={query.error} onRetry={() => void query.refetch()} />
        ) : query.data === undefined ? (
          <Loading rows={8} />
        ) : (
          <div aria-busy={query.isPlaceholderData}>
            <DataTable
              name={text('admin.audit')}
              rows={entries}
              columns={columns}
              rowKey={(row) => row.seq}
              state={state}
              onState={setState}
              maxRows={18}
              tools={<Filters />}
              empty={text('audit.nothing')}
            />
            {query.hasNextPage && (
              <Group p="sm" justify="center">
                <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  {text('audit.more')}
                </Button>
              </Group>
            )}
          </div>
        )}
      </Panel>
      <SidePanel
        opened={entry !== undefined}
        onClose={() => change({ entry: undefined })}
        title={text('audit.entry', { seq: chosen ?? '' })}
        width={720}
      >
        {entry && <AuditEntry entry={entry} />}
      </SidePanel>
    </AdminPage>
  );
}

function useColumns(onOpen: (entry: Entry) => void): Column<Entry>[] {
  const text = useText();
  const time = useTimeCells(here);
  return useMemo(
    () => [
      { id: 'seq', header: text('audit.seq'), type: 'number', width: 80, value: (entry) => entry.seq, onOpen },
      time({ id: 'at', header: text('audit.at'), at: (entry: Entry) => entry.at }),
      {
        id: 'who',
        header: text('audit.who'),
        type: 'text',
        width: 220,
        value: (entry) => whoOf(text, entry),
        renderCell: (entry) => <Who entry={entry} />,
        onOpen,
      },
      {
        id: 'operation',
        lang: 'en',
        header: text('audit.operation'),
        type: 'text',
        width: 220,
        value: (entry) => entry.operation,
        renderCell: (entry) => <code>{entry.operation}</code>,
        onOpen,
      },
      {
        id: 'object',
        lang: 'en',
        header: text('audit.object'),
        type: 'text',
        width: 200,
        value: (entry) => entry.object,
        renderCell: (entry) => <code>{entry.object}</code>,
        onOpen,
      },
      {
        id: 'what',
        lang: 'en',
        header: text('audit.what'),
        type: 'text',
        width: 360,
        value: (entry) => shortly(differences(entry)),
        renderCell: (entry) => <code>{shortly(differences(entry))}</code>,
        onOpen,
      },
      { id: 'request_id', header: text('audit.request'), type: 'text', width: 200, value: (entry) => entry.request_id, optional: true },
    ],
    [text, time, onOpen],
  );
}
