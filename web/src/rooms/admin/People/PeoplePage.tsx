import { Button } from '@mantine/core';
import { IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { inviteUser } from '../../../../../src/rooms/admin/contract.ts';
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
import { type User, usersQuery } from '../queries.ts';
import { useMay } from '../session.ts';
import { useRoleName } from '../words.ts';
import { InviteForm } from './InviteForm.tsx';
import { Person } from './Person.tsx';

const made = '*';
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
export const tones: Record<User['status'], Tone> = { invited: 'busy', active: 'good', locked: 'risk', disabled: 'quiet' };

/** Who signs in. */
export function PeoplePage() {
  const text = useText();
  const may = useMay();
  const query = useQuery(usersQuery);
  const change = useChangeAddress();
  const chosen = useAddress()['person'];
  const open = useCallback((person: string) => change({ person }), [change]);
  const close = () => change({ person: undefined });
  const columns = useColumns(open);
  const person = query.data?.find(({ user_id }) => user_id === chosen);
  const inviteButton = may(inviteUser) && (
    <Button leftSection={<IconUserPlus size={16} />} onClick={() => open(made)}>
      {text('person.invite')}
    </Button>
  );
  return (
    <AdminPage tab="people" actions={inviteButton}>
      <ListPanel
        name={text('admin.people')}
        query={query}
        columns={columns}
        rowKey={(row) => row.user_id}
        empty={
          <Empty
            icon={<IconUsers size={32} stroke={1.4} />}
            title={text('person.emptyTitle')}
            actions={inviteButton}
            command="npx qh users invite anna --role supervisor"
          >
            {text('person.emptyText')}
          </Empty>
        }
      />
      <SidePanel opened={chosen === made || person !== undefined} onClose={close} title={person ? person.display_name : text('person.invite')}>
        {person ? <Person key={person.user_id} person={person} /> : <InviteForm onDone={close} />}
      </SidePanel>
    </AdminPage>
  );
}

function useColumns(open: (person: string) => void): Column<User>[] {
  const text = useText();
  const time = useTimeCells(here);
  const roleName = useRoleName();
  const serviceNames = useServiceNames();
  return useMemo(
    () => [
      {
        id: 'display_name',
        header: text('person.name'),
        type: 'text',
        width: 220,
        value: (user) => user.display_name,
        onOpen: (user) => open(user.user_id),
      },
      { id: 'login', header: text('signIn.login'), type: 'text', width: 200, value: (user) => user.login, onOpen: (user) => open(user.user_id) },
      { id: 'role', header: text('person.role'), type: 'text', width: 150, value: (user) => roleName(user.role) },
      {
        id: 'status',
        header: text('person.status'),
        type: 'text',
        width: 150,
        value: (user) => text(`person.${user.status}`),
        renderCell: (user) => <Status tone={tones[user.status]}>{text(`person.${user.status}`)}</Status>,
      },
      { id: 'services', header: text('limit.services'), type: 'text', width: 220, value: (user) => serviceNames(user.service_ids) },
      time({ id: 'last_sign_in_at', header: text('person.lastSignIn'), at: (user: User) => user.last_sign_in_at, width: 160 }),
      { id: 'email', header: text('person.email'), type: 'text', width: 220, value: (user) => user.email, optional: true },
      time({ id: 'created_at', header: text('person.invitedAt'), at: (user: User) => user.created_at, optional: true, width: 160 }),
      time({
        id: 'invitation_expires_at',
        header: text('person.linkUntil'),
        at: (user: User) => user.invitation_expires_at,
        optional: true,
        width: 160,
      }),
    ],
    [text, time, roleName, serviceNames, open],
  );
}
