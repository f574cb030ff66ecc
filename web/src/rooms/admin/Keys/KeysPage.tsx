import { Button } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { createKey } from '../../../../../src/rooms/admin/contract.ts';
import { useText } from '../../../i18n/text.ts';
import { Empty } from '../../../kit/states/Empty.tsx';
import { SidePanel } from '../../../kit/states/SidePanel.tsx';
import { Status, type Tone } from '../../../kit/states/Status.tsx';
import { useTimeCells } from '../../../kit/table/cells.ts';
import type { Column } from '../../../kit/table/column.ts';
import { ListPanel } from '../../../kit/table/ListPanel.tsx';
import { useAddress, useChangeAddress } from '../../../shell/address.ts';
import { AdminPage } from '../AdminPage.tsx';
import { useServiceNames } from '../LimitPickers.tsx';
import { type Key, keysQuery } from '../queries.ts';
import { useMay } from '../session.ts';
import { useRoleName } from '../words.ts';
import { KeyForm } from './KeyForm.tsx';
import { KeyLife } from './KeyLife.tsx';

const made = '*';
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

type KeyState = 'valid' | 'overlap' | 'expired' | 'revoked';
const tones: Record<KeyState, Tone> = { valid: 'good', overlap: 'busy', expired: 'quiet', revoked: 'undone' };

export function stateOf({ revoked_at, expires_at, overlap_until }: Key): KeyState {
  const isPast = (moment: string | null) => moment !== null && Date.parse(moment) <= Date.now();
  if (revoked_at !== null) return 'revoked';
  if (isPast(expires_at) || isPast(overlap_until)) return 'expired';
  return overlap_until === null ? 'valid' : 'overlap';
}

/** The keys of programs. */
export function KeysPage() {
  const text = useText();
  const may = useMay();
  const query = useQuery(keysQuery);
  const change = useChangeAddress();
  const chosen = useAddress()['key'];
  const open = useCallback((key: string) => change({ key }), [change]);
  const close = () => change({ key: undefined });
  const columns = useColumns(open);
  const key = query.data?.find(({ key_id }) => key_id === chosen);
  const createButton = may(createKey) && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => open(made)}>
      {text('key.create')}
    </Button>
  );
  return (
    <AdminPage tab="keys" actions={createButton}>
      <ListPanel
        name={text('admin.keys')}
        query={query}
        columns={columns}
        rowKey={(row) => row.key_id}
        empty={
          <Empty
            icon={<IconKey size={32} stroke={1.4} />}
            title={text('key.emptyTitle')}
            actions={createButton}
            command="npx qh keys create Wallboard --role viewer"
          >
            {text('key.emptyText')}
          </Empty>
        }
      />
      <SidePanel opened={chosen === made || key !== undefined} onClose={close} title={key ? key.name : text('key.create')}>
        {(chosen === made || (key && stateOf(key) !== 'revoked')) && <KeyForm key={chosen} present={key} onDone={close} />}
        {key && <KeyLife key={key.key_id} of={key} />}
      </SidePanel>
    </AdminPage>
  );
}

function useColumns(open: (key: string) => void): Column<Key>[] {
  const text = useText();
  const time = useTimeCells(here);
  const roleName = useRoleName();
  const serviceNames = useServiceNames();
  return useMemo(() => {
    const optional = true;
    const list = (values: readonly (string | number)[] | null) => (values === null ? text('limit.all') : values.join(', '));
    return [
      { id: 'name', header: text('key.name'), type: 'text', width: 220, value: (key) => key.name, onOpen: (key) => open(key.key_id) },
      {
        id: 'state',
        header: text('person.status'),
        type: 'text',
        width: 190,
        value: (key) => text(`key.${stateOf(key)}`),
        renderCell: (key) => <Status tone={tones[stateOf(key)]}>{text(`key.${stateOf(key)}`)}</Status>,
      },
      { id: 'role', header: text('person.role'), type: 'text', width: 140, value: (key) => roleName(key.role) },
      { id: 'services', header: text('limit.services'), type: 'text', width: 180, value: (key) => serviceNames(key.service_ids) },
      { id: 'operations', header: text('limit.operations'), type: 'text', width: 180, value: (key) => list(key.operations) },
      { id: 'cities', header: text('limit.cities'), type: 'text', width: 140, value: (key) => list(key.cities), optional },
      { id: 'teams', header: text('limit.teams'), type: 'text', width: 140, value: (key) => list(key.team_ids), optional },
      time({ id: 'last_used_at', header: text('key.lastUsed'), at: (key: Key) => key.last_used_at }),
      time({ id: 'expires_at', header: text('key.expires'), at: (key: Key) => key.overlap_until ?? key.expires_at }),
      time({ id: 'created_at', header: text('key.madeAt'), at: (key: Key) => key.created_at, optional }),
      { id: 'key_id', header: 'ID', type: 'text', width: 150, value: (key) => key.key_id, optional },
    ];
  }, [text, time, roleName, serviceNames, open]);
}
