import { Button, Table, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { revokeSession } from '../../../../src/rooms/admin/contract.ts';
import { call, problemOf } from '../../client.ts';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { Status } from '../../kit/states/Status.tsx';
import { tell } from '../../kit/states/undo.tsx';
import { useAgo } from '../../kit/time/ago.ts';
import style from './Admin.module.css';
import { forgetAdmin, type Session } from './queries.ts';
import { deviceOf } from './words.ts';

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function useEndSessions() {
  const text = useText();
  return useMutation({
    mutationFn: async (ids: string[]) => {
      for (const session_id of ids) await call(revokeSession, { session_id });
      await forgetAdmin();
      return ids.length;
    },
    onSuccess: (count) => tell(text, text('session.ended', { count })),
    onError: (error) => tell(text, problemOf(error).detail),
  });
}

/** Where somebody is signed in, and out again. */
export function SessionList({ sessions }: { sessions: Session[] }) {
  const text = useText();
  const format = useFormat();
  const ago = useAgo();
  const end = useEndSessions();
  if (sessions.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {text('session.none')}
      </Text>
    );
  return (
    <div className={style.wide}>
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            {(['device', 'address', 'opened', 'seen'] as const).map((name) => (
              <Table.Th key={name}>{text(`session.${name}`)}</Table.Th>
            ))}
            <Table.Th aria-label={text('session.end')} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sessions.map((session) => (
            <Table.Tr key={session.session_id}>
              <Table.Td lang="en">{deviceOf(session.user_agent)}</Table.Td>
              <Table.Td>{session.address}</Table.Td>
              <Table.Td>{format.dateTime(Date.parse(session.created_at), here)}</Table.Td>
              <Table.Td>{session.is_current ? <Status tone="good">{text('session.current')}</Status> : ago(session.last_seen_at)}</Table.Td>
              <Table.Td ta="end">
                {!session.is_current && (
                  <Button
                    variant="default"
                    size="compact-xs"
                    loading={end.isPending}
                    onClick={() => end.mutate([session.session_id])}
                    aria-label={text('session.endOf', { device: deviceOf(session.user_agent) })}
                  >
                    {text('session.end')}
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
