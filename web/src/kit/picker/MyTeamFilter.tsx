import { Button } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useText } from '../../i18n/text.ts';
import { useAddress, useChangeAddress } from '../../shell/address.ts';

/** Whether the page shows only those whom the caller leads or deputises for: `my_team=true` in the address as in the API. */
export function useMyTeam(): boolean {
  return useAddress()['my_team'] === 'true';
}

/** The same filter wherever people appear. */
export function MyTeamFilter() {
  const text = useText();
  const change = useChangeAddress();
  const isOn = useMyTeam();
  return (
    <Button
      variant={isOn ? 'light' : 'default'}
      leftSection={<IconUsersGroup size={16} stroke={1.6} />}
      aria-pressed={isOn}
      title={text('picker.myTeamText')}
      onClick={() => change({ my_team: isOn ? undefined : 'true' })}
    >
      {text('picker.myTeam')}
    </Button>
  );
}
