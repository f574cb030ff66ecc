import { ActionIcon, Menu } from '@mantine/core';
import { IconLogout, IconUser, IconUserCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useText } from '../i18n/text.ts';
import { useSignOut, whoamiQuery } from '../rooms/admin/session.ts';
import { useRoleName } from '../rooms/admin/words.ts';

export function AccountMenu() {
  const text = useText();
  const me = useQuery(whoamiQuery).data;
  const signOut = useSignOut();
  const roleName = useRoleName();
  return (
    <Menu width={240}>
      <Menu.Target>
        <ActionIcon aria-label={text('shell.account')}>
          <IconUser size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me ? text('shell.signedInAs', { name: me.display_name, role: roleName(me.role) }) : text('shell.account')}</Menu.Label>
        <Menu.Item leftSection={<IconUserCircle size={16} stroke={1.6} />} component={Link} to="/profile">
          {text('shell.profile')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} />} onClick={() => void signOut()}>
          {text('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
