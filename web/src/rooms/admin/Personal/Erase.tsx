import { Button, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { erasePerson } from '../../../../../src/rooms/admin/contract.ts';
import { employees } from '../../../../../src/rooms/org/contract.ts';
import { call } from '../../../client.ts';
import { useText } from '../../../i18n/text.ts';
import { Problem } from '../../../kit/states/Problem.tsx';
import { employeesQuery, forgetAdmin, usersQuery } from '../queries.ts';
import { useMay } from '../session.ts';
import { Certificate } from './Certificate.tsx';

/** The one thing here that nothing brings back, so the name must be typed. */
export function Erase() {
  const text = useText();
  const may = useMay();
  const staff = useQuery({ ...employeesQuery, enabled: may(employees) }).data ?? [];
  const people = useQuery(usersQuery).data ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const linked = new Set(staff.map(({ user_id }) => user_id));
  const groups = [
    {
      group: text('erase.employees'),
      items: staff
        .filter(({ last_name }) => last_name !== 'erased')
        .map(({ employee_id, full_name, personnel_number }) => ({ value: `e${employee_id}`, label: `${full_name} (${personnel_number})` })),
    },
    {
      group: text('erase.others'),
      items: people
        .filter(({ user_id }) => !linked.has(user_id))
        .map(({ user_id, display_name, login }) => ({ value: `u ${user_id}`, label: `${display_name} (${login})` })),
    },
  ];
  const name = groups.flatMap(({ items }) => items).find(({ value }) => value === chosen)?.label;
  const erase = useMutation({
    mutationFn: (whom: string) =>
      call(erasePerson, {
        ...(whom.startsWith('e') ? { employee_id: Number(whom.slice(1)) } : { user_id: whom.slice(2) }),
        confirm: 'erase',
        ...(reason.trim() ? { reason: reason.trim() } : {}),
      }),
    onSuccess: async () => {
      setChosen(null);
      setTyped('');
      setReason('');
      await forgetAdmin();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen !== null) erase.mutate(chosen);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {text('erase.about')}
        </Text>
        <Select
          label={text('erase.whom')}
          data={groups}
          value={chosen}
          onChange={setChosen}
          searchable
          clearable
          limit={50}
          nothingFoundMessage={text('picker.nothingFound')}
          clearButtonProps={{ 'aria-label': `${text('erase.whom')}: ${text('limit.clear')}` }}
        />
        <TextInput
          label={text('erase.reason')}
          description={text('erase.reasonText')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={200}
        />
        {name !== undefined && (
          <TextInput
            label={text('erase.confirm', { name })}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
          />
        )}
        {erase.error && <Problem error={erase.error} />}
        <Button type="submit" color="red" variant="outline" disabled={name === undefined || typed !== name} loading={erase.isPending}>
          {text('erase.do')}
        </Button>
        {erase.data && <Certificate certificate={erase.data} />}
      </Stack>
    </form>
  );
}
