import { Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { updateUser } from '../../../../../src/rooms/admin/contract.ts';
import { employees } from '../../../../../src/rooms/org/contract.ts';
import { call } from '../../../client.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { Answer } from '../../../kit/states/Answer.tsx';
import { SendForm } from '../../../kit/states/SendForm.tsx';
import { Status } from '../../../kit/states/Status.tsx';
import { offerUndo } from '../../../kit/states/undo.tsx';
import { AnchorLink } from '../../../design/links.tsx';
import style from '../Admin.module.css';
import { forgetAdmin, sessionsQuery, type User } from '../queries.ts';
import { SessionList } from '../SessionList.tsx';
import { useMay, whoamiQuery } from '../session.ts';
import { Access } from './Access.tsx';
import { EmployeeLink } from './EmployeeLink.tsx';
import { Fields, type PersonFields } from './fields.tsx';
import { tones } from './PeoplePage.tsx';

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

const fieldsOf = ({ display_name, email, role, locale, service_ids, team_ids }: User): PersonFields => ({
  display_name,
  email,
  role,
  locale,
  service_ids,
  team_ids,
});

/** One person: who they are, what they may do, whether and where they are signed in. */
export function Person({ person }: { person: User }) {
  const text = useText();
  const format = useFormat();
  const may = useMay();
  const me = useQuery(whoamiQuery).data;
  const sessions = useQuery(sessionsQuery(true));
  const isMe = me?.id === person.user_id;
  return (
    <>
      <Text size="sm" mb="md">
        <Status tone={tones[person.status]}>{text(`person.${person.status}`)}</Status> {person.login}
        {person.locked_until !== null && ` · ${text('person.lockedUntil', { time: format.time(Date.parse(person.locked_until), here) })}`}
        {' · '}
        <AnchorLink to="/admin/audit" search={{ principal: person.user_id }} size="sm" underline="always">
          {text('person.did')}
        </AnchorLink>
      </Text>
      {may(updateUser) ? <PersonForm person={person} isMe={isMe} /> : null}
      {may(employees) && (
        <section className={style.section}>
          <EmployeeLink person={person} />
        </section>
      )}
      {may(updateUser) && (
        <section className={style.section}>
          <Title order={2}>{text('person.access')}</Title>
          <Access person={person} isMe={isMe} />
        </section>
      )}
      <section className={style.section}>
        <Title order={2}>{text('session.title')}</Title>
        <Answer query={sessions}>{(all) => <SessionList sessions={all.filter(({ user_id }) => user_id === person.user_id)} />}</Answer>
      </section>
    </>
  );
}

function PersonForm({ person, isMe }: { person: User; isMe: boolean }) {
  const text = useText();
  const [fields, setFields] = useState(() => fieldsOf(person));
  const write = async (values: PersonFields) => {
    const { role, ...rest } = values;
    await call(updateUser, { user_id: person.user_id, ...rest, ...(isMe ? {} : { role }) });
    await forgetAdmin();
  };
  const save = useMutation({
    mutationFn: (_former: PersonFields) => write(fields),
    onSuccess: (_answer, former) =>
      offerUndo(text, text('person.saved', { name: fields.display_name }), async () => {
        await write(former);
        setFields(former);
      }),
  });
  const submit = () => {
    save.mutate(fieldsOf(person));
  };
  return (
    <SendForm sends={save} onSend={submit}>
      <Fields value={fields} onChange={(change) => setFields({ ...fields, ...change })} fixedRole={isMe} />
    </SendForm>
  );
}
