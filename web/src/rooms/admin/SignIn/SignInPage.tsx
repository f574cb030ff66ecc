import { Anchor, Button, Code, Group, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { useText } from '../../../i18n/text.ts';
import { Problem } from '../../../kit/states/Problem.tsx';
import { useAddress } from '../../../shell/address.ts';
import { LanguageMenu } from '../../../shell/LanguageMenu.tsx';
import { ThemeMenu } from '../../../shell/ThemeMenu.tsx';
import { openSession } from '../session.ts';
import style from './SignIn.module.css';

export function SignInPage() {
  const text = useText();
  const [key, setKey] = useState('');
  const router = useRouter();
  const queryClient = useQueryClient();
  const { next = '/' } = useAddress();
  const signIn = useMutation({
    mutationFn: openSession,
    onSuccess: () => {
      queryClient.clear();
      router.history.push(next.startsWith('/') && !next.startsWith('//') ? next : '/');
    },
  });
  useEffect(() => {
    document.title = `${text('signIn.title')} · Quarterhour`;
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (key.trim()) signIn.mutate(key.trim());
  };
  return (
    <div className={style.page}>
      <Group className={style.corner} gap="xs">
        <LanguageMenu />
        <ThemeMenu />
      </Group>
      <main className={style.card}>
        <Stack gap="md">
          <div>
            <img src="/favicon.svg" alt="" className={style.logo} />
            <Title order={1}>Quarterhour</Title>
            <Text c="dimmed">{text('signIn.about')}</Text>
          </div>
          <form onSubmit={submit}>
            <Stack gap="sm">
              <PasswordInput
                label={text('signIn.key')}
                placeholder="qh_…"
                value={key}
                onChange={(event) => setKey(event.currentTarget.value)}
                autoComplete="current-password"
                autoFocus
                required
                visibilityToggleButtonProps={{ 'aria-label': text('signIn.show') }}
              />
              <Button type="submit" size="sm" loading={signIn.isPending} fullWidth>
                {text('signIn.submit')}
              </Button>
            </Stack>
          </form>
          {signIn.error && <Problem error={signIn.error} />}
          <Stack gap="xs" className={style.help}>
            <Text fw={600}>{text('signIn.where')}</Text>
            <Text size="sm">{text('signIn.whereText')}</Text>
            <Code block>cat var/admin-key</Code>
            <Text size="sm">{text('signIn.more')}</Text>
            <Code block>npx qh keys create Anna --role analyst</Code>
            <Anchor href="/docs" size="sm">
              {text('signIn.docs')}
            </Anchor>
          </Stack>
        </Stack>
      </main>
    </div>
  );
}
