import { ActionIcon, Menu } from '@mantine/core';
import { IconLogout, IconUser } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useText } from '../i18n/text.ts';
import { useSignOut, whoamiQuery } from '../rooms/admin/session.ts';

export function AccountMenu() {
  const text = useText();
  const me = useQuery(whoamiQuery).data;
  const signOut = useSignOut();
  return (
    <Menu width={240}>
      <Menu.Target>
        <ActionIcon aria-label={text('shell.account')}>
          <IconUser size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me ? text('shell.signedInAs', { name: me.name, role: me.role }) : text('shell.account')}</Menu.Label>
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} />} onClick={() => void signOut()}>
          {text('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
