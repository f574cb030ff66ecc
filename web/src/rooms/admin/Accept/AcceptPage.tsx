import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation, useRouter } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { acceptInvitation, invitation, updateProfile } from '../../../../../src/rooms/admin/contract.ts';
import type { OutputOf } from '../../../../../src/platform/contract/operation.ts';
import { call, problemOf } from '../../../client.ts';
import { ButtonLink } from '../../../design/links.tsx';
import { useFormat } from '../../../i18n/format.ts';
import { activateUnlessChosen } from '../../../i18n/language.ts';
import { useLanguage, useText } from '../../../i18n/text.ts';
import { Loading } from '../../../kit/states/Loading.tsx';
import { Problem } from '../../../kit/states/Problem.tsx';
import { NewPassword } from '../NewPassword.tsx';
import { openSession } from '../session.ts';
import { Card } from '../SignIn/Card.tsx';

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

type Invitation = OutputOf<typeof invitation>;

/** The page of an invitation or of a link for a new password. The token stands behind the #, so it is sent to no server's log. */
export function AcceptPage() {
  const text = useText();
  const token = useLocation({ select: ({ hash }) => hash });
  const query = useQuery({
    queryKey: ['admin.invitation', token],
    queryFn: ({ signal }) => call(invitation, { token }, { signal }),
    enabled: token.length >= 20,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const locale = query.data?.locale;
  useEffect(() => {
    if (locale !== undefined) void activateUnlessChosen(locale);
  }, [locale]);
  const isGone = token.length < 20 || (query.error !== null && problemOf(query.error).code === 'not_found');
  return (
    <Card title={text('accept.title')}>
      {isGone ? <Gone /> : query.data ? <AcceptForm found={query.data} token={token} /> : query.error ? <Problem error={query.error} /> : <Loading />}
    </Card>
  );
}

function AcceptForm({ found, token }: { found: Invitation; token: string }) {
  const text = useText();
  const format = useFormat();
  const locale = useLanguage();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [name, setName] = useState(found.display_name);
  const [password, setPassword] = useState('');
  const isFirst = found.purpose === 'invitation';
  const accept = useMutation({
    mutationFn: async () => {
      const { login } = await call(acceptInvitation, { token, password });
      await openSession({ login, password });
      if (isFirst && (name.trim() !== found.display_name || locale !== found.locale))
        await call(updateProfile, { display_name: name.trim() || found.display_name, locale });
    },
    onSuccess: () => {
      queryClient.clear();
      router.history.replace('/');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    accept.mutate();
  };
  if (accept.error && problemOf(accept.error).code === 'not_found') return <Gone />;
  const isWeak = accept.error !== null && problemOf(accept.error).errors.some(({ path }) => path === 'password');
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text fw={600}>{text(isFirst ? 'accept.welcome' : 'accept.reset', { name: found.display_name })}</Text>
        <Text size="sm" c="dimmed">
          {text('accept.until', { time: format.dateTime(Date.parse(found.expires_at), here) })}
        </Text>
        <TextInput label={text('signIn.login')} value={found.login} readOnly autoComplete="username" description={text('accept.loginText')} />
        {isFirst && (
          <TextInput
            label={text('person.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            autoComplete="name"
            maxLength={200}
            required
          />
        )}
        <NewPassword label={text(isFirst ? 'accept.password' : 'password.new')} value={password} onChange={setPassword} isRefused={isWeak} />
        {accept.error && !isWeak && <Problem error={accept.error} />}
        <Button type="submit" size="sm" loading={accept.isPending}>
          {text('accept.submit')}
        </Button>
      </Stack>
    </form>
  );
}

function Gone() {
  const text = useText();
  return (
    <Stack gap="sm" role="alert">
      <Text fw={600}>{text('accept.gone')}</Text>
      <Text size="sm">{text('accept.goneText')}</Text>
      <ButtonLink to="/sign-in">{text('accept.toSignIn')}</ButtonLink>
    </Stack>
  );
}
