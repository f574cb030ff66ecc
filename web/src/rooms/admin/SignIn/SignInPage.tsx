import { Anchor, Button, Code, PasswordInput, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useText } from '../../../i18n/text.ts';
import { useAddress, useChangeAddress } from '../../../shell/address.ts';
import { openSession } from '../session.ts';
import { Card } from './Card.tsx';
import { Refusal } from './Refusal.tsx';
import style from './SignIn.module.css';

/** People sign in by name and password; a key opens the pages too, which is how the first administrator comes in. */
export function SignInPage() {
  const text = useText();
  const change = useChangeAddress();
  const { next = '/', with: means } = useAddress();
  const byPassword = means !== 'key';
  const [[login, password, key], setTyped] = useState(['', '', '']);
  const router = useRouter();
  const queryClient = useQueryClient();
  const signIn = useMutation({
    mutationFn: openSession,
    onSuccess: () => {
      queryClient.clear();
      router.history.push(next.startsWith('/') && !next.startsWith('//') ? next : '/');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (byPassword) signIn.mutate({ login: (login ?? '').trim(), password: password ?? '' });
    else signIn.mutate({ key: (key ?? '').trim() });
  };
  const toggle = { 'aria-label': text(byPassword ? 'signIn.showPassword' : 'signIn.show') };
  return (
    <Card title={text('signIn.title')}>
      <SegmentedControl
        aria-label={text('signIn.means')}
        data={[
          { value: 'password', label: text('signIn.byPassword') },
          { value: 'key', label: text('signIn.byKey') },
        ]}
        value={byPassword ? 'password' : 'key'}
        onChange={(value) => {
          signIn.reset();
          change({ with: value === 'key' ? 'key' : undefined }, { replace: true });
        }}
        fullWidth
      />
      <form onSubmit={submit} key={String(byPassword)}>
        <Stack gap="sm">
          {byPassword ? (
            <>
              <TextInput
                label={text('signIn.login')}
                value={login}
                onChange={(event) => setTyped([event.currentTarget.value, password ?? '', ''])}
                autoComplete="username"
                autoCapitalize="none"
                spellCheck={false}
                autoFocus
                required
              />
              <PasswordInput
                label={text('signIn.password')}
                value={password}
                onChange={(event) => setTyped([login ?? '', event.currentTarget.value, ''])}
                autoComplete="current-password"
                required
                visibilityToggleButtonProps={toggle}
              />
            </>
          ) : (
            <PasswordInput
              label={text('signIn.key')}
              placeholder="qh_…"
              value={key}
              onChange={(event) => setTyped(['', '', event.currentTarget.value])}
              autoComplete="off"
              autoFocus
              required
              visibilityToggleButtonProps={toggle}
            />
          )}
          <Button type="submit" size="sm" loading={signIn.isPending} fullWidth>
            {text('signIn.submit')}
          </Button>
        </Stack>
      </form>
      {signIn.error && <Refusal error={signIn.error} byPassword={byPassword} />}
      {byPassword ? <ForgottenHelp /> : <KeyHelp />}
    </Card>
  );
}

function ForgottenHelp() {
  const text = useText();
  return (
    <Stack gap="xs" className={style.help}>
      <Text fw={600}>{text('signIn.forgotten')}</Text>
      <Text size="sm">{text('signIn.forgottenText')}</Text>
      <Text size="sm">{text('signIn.firstTime')}</Text>
    </Stack>
  );
}

function KeyHelp() {
  const text = useText();
  return (
    <Stack gap="xs" className={style.help}>
      <Text fw={600}>{text('signIn.where')}</Text>
      <Text size="sm">{text('signIn.whereText')}</Text>
      <Code block>cat var/admin-key</Code>
      <Text size="sm">{text('signIn.more')}</Text>
      <Code block>npx qh users invite anna --role supervisor</Code>
      <Anchor href="/docs" size="sm">
        {text('signIn.docs')}
      </Anchor>
    </Stack>
  );
}
