import { Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { changePassword } from '../../../../../src/rooms/admin/contract.ts';
import { call, problemOf } from '../../../client.ts';
import { useText } from '../../../i18n/text.ts';
import { Problem } from '../../../kit/states/Problem.tsx';
import { tell } from '../../../kit/states/undo.tsx';
import { NewPassword } from '../NewPassword.tsx';
import { forgetAdmin } from '../queries.ts';

export function PasswordForm({ login }: { login: string }) {
  const text = useText();
  const [current, setCurrent] = useState('');
  const [wanted, setWanted] = useState('');
  const change = useMutation({
    mutationFn: () => call(changePassword, { current_password: current, new_password: wanted }),
    onSuccess: async () => {
      setCurrent('');
      setWanted('');
      tell(text, text('password.changed'));
      await forgetAdmin();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate();
  };
  const refused = (path: string) => change.error !== null && problemOf(change.error).errors.some((error) => error.path === path);
  const isWrong = refused('current_password');
  const isWeak = refused('password') || refused('new_password');
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {/* Tells password managers whose password it is. */}
        <input type="text" name="username" autoComplete="username" defaultValue={login} hidden />
        <PasswordInput
          label={text('password.current')}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          autoComplete="current-password"
          required
          error={isWrong ? text('password.wrong') : undefined}
          visibilityToggleButtonProps={{ 'aria-label': text('signIn.showPassword') }}
        />
        <NewPassword label={text('password.new')} value={wanted} onChange={setWanted} isRefused={isWeak} />
        <Text size="sm" c="dimmed">
          {text('password.others')}
        </Text>
        {change.error && !isWrong && !isWeak && <Problem error={change.error} />}
        <Button type="submit" loading={change.isPending}>
          {text('password.change')}
        </Button>
      </Stack>
    </form>
  );
}
