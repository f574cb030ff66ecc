import { Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { inviteUser } from '../../../../../src/rooms/admin/contract.ts';
import { call } from '../../../client.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useLanguage, useText } from '../../../i18n/text.ts';
import { SendForm } from '../../../kit/states/SendForm.tsx';
import { SecretOnce } from '../../../kit/states/SecretOnce.tsx';
import { forgetAdmin } from '../queries.ts';
import { Fields, type PersonFields } from './fields.tsx';

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The link of an invitation or reset, whole, to be handed on. */
export function LinkOnce({ link, expires_at, onClose }: { link: string; expires_at: string; onClose: () => void }) {
  const text = useText();
  const format = useFormat();
  return (
    <SecretOnce
      label={text('person.link')}
      value={window.location.origin + link}
      about={text('person.linkAbout', { time: format.dateTime(Date.parse(expires_at), here) })}
      onClose={onClose}
    />
  );
}

export function InviteForm({ onDone }: { onDone: () => void }) {
  const text = useText();
  const locale = useLanguage();
  const [login, setLogin] = useState('');
  const [fields, setFields] = useState<PersonFields>({
    display_name: '',
    email: null,
    role: 'viewer',
    locale,
    service_ids: null,
    team_ids: null,
  });
  const invite = useMutation({
    mutationFn: () => call(inviteUser, { ...fields, login: login.trim(), display_name: fields.display_name.trim() || login.trim() }),
    onSuccess: () => void forgetAdmin(),
  });
  const submit = () => {
    invite.mutate();
  };
  if (invite.data) return <LinkOnce {...invite.data} onClose={onDone} />;
  return (
    <SendForm sends={invite} onSend={submit} button={text('person.makeLink')}>
      <Text size="sm" c="dimmed">
        {text('person.inviteAbout')}
      </Text>
      <TextInput
        label={text('signIn.login')}
        description={text('person.loginText')}
        value={login}
        onChange={(event) => setLogin(event.currentTarget.value)}
        autoComplete="off"
        autoCapitalize="none"
        minLength={2}
        maxLength={100}
        pattern="\S+"
        required
      />
      <Fields value={fields} onChange={(change) => setFields({ ...fields, ...change })} />
    </SendForm>
  );
}
