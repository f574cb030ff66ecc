import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { createKey, updateKey } from '../../../../../src/rooms/admin/contract.ts';
import { call } from '../../../client.ts';
import { useText } from '../../../i18n/text.ts';
import { DayInput } from '../../../kit/picker/DayInput.tsx';
import { Problem } from '../../../kit/states/Problem.tsx';
import { SecretOnce } from '../../../kit/states/SecretOnce.tsx';
import { offerUndo } from '../../../kit/states/undo.tsx';
import { civilDate } from '../../../kit/time/zone.ts';
import { CitiesLimit, OperationsLimit, RoleSelect, ServicesLimit, TeamsLimit } from '../LimitPickers.tsx';
import { forgetAdmin, type Key } from '../queries.ts';
import { useMay } from '../session.ts';

type Rights = Pick<Key, 'name' | 'role' | 'operations' | 'service_ids' | 'cities' | 'team_ids' | 'expires_at'>;

const rightsOf = (key: Key | undefined): Rights => ({
  name: key?.name ?? '',
  role: key?.role ?? 'viewer',
  operations: key?.operations ?? null,
  service_ids: key?.service_ids ?? null,
  cities: key?.cities ?? null,
  team_ids: key?.team_ids ?? null,
  expires_at: key?.expires_at ?? null,
});

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What a key is for and what it may do; after it was made, the key itself, this once. */
export function KeyForm({ present, onDone }: { present: Key | undefined; onDone: () => void }) {
  const text = useText();
  const may = useMay();
  const [rights, setRights] = useState(() => rightsOf(present));
  const set = (change: Partial<Rights>) => setRights((now) => ({ ...now, ...change }));
  const write = async (key_id: string, values: Rights) => {
    await call(updateKey, { key_id, ...values });
    await forgetAdmin();
  };
  const make = useMutation({
    mutationFn: () => {
      const { expires_at, ...rest } = rights;
      return call(createKey, { ...rest, ...(expires_at === null ? {} : { expires_at }) });
    },
    onSuccess: () => void forgetAdmin(),
  });
  const save = useMutation({
    mutationFn: (former: Key) => write(former.key_id, rights),
    onSuccess: (_answer, former) => offerUndo(text, text('key.saved', { name: rights.name }), () => write(former.key_id, rightsOf(former))),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (present) save.mutate(present);
    else make.mutate();
  };
  if (make.data) return <SecretOnce label={text('key.secret')} value={make.data.key} about={text('key.secretAbout')} onClose={onDone} />;
  const error = make.error ?? save.error;
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {!present && (
          <Text size="sm" c="dimmed">
            {text('key.about')}
          </Text>
        )}
        <TextInput
          label={text('key.name')}
          value={rights.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
          autoComplete="off"
          maxLength={200}
          required
        />
        <RoleSelect value={rights.role} onChange={(role) => set({ role })} />
        <OperationsLimit value={rights.operations} onChange={(operations) => set({ operations })} />
        <ServicesLimit value={rights.service_ids} onChange={(service_ids) => set({ service_ids })} />
        <CitiesLimit value={rights.cities} onChange={(cities) => set({ cities })} />
        <TeamsLimit services={rights.service_ids} value={rights.team_ids} onChange={(team_ids) => set({ team_ids })} />
        <DayInput
          label={text('key.expires')}
          description={text('key.expiresText')}
          value={rights.expires_at && civilDate(Date.parse(rights.expires_at), here)}
          onChange={(day) => set({ expires_at: day && new Date(`${day}T23:59:59`).toISOString() })}
        />
        {error && <Problem error={error} />}
        {may(present ? updateKey : createKey) && (
          <Button type="submit" loading={make.isPending || save.isPending}>
            {text(present ? 'common.save' : 'key.create')}
          </Button>
        )}
      </Stack>
    </form>
  );
}
