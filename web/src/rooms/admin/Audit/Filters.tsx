import { Group, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useText } from '../../../i18n/text.ts';
import { useAddress, useChangeAddress } from '../../../shell/address.ts';
import { keysQuery, operationsQuery, usersQuery } from '../queries.ts';

/** Whose deeds, which operation, on what, when: all of it in the address. */
export function Filters() {
  const text = useText();
  const address = useAddress();
  const change = useChangeAddress();
  const people = useQuery(usersQuery).data ?? [];
  const keys = useQuery(keysQuery).data ?? [];
  const operations = useQuery(operationsQuery).data ?? [];
  const rooms = [...new Set(operations.map(({ operation }) => `${operation.split('.')[0]}.`))];
  const known = [...rooms, 'admin.sign_in', 'admin.sign_out', ...operations.map(({ operation }) => operation)];
  const wanted = address['operation'];
  const set = (name: 'principal' | 'operation' | 'object' | 'from' | 'to') => (value: string | null) =>
    change({ [name]: value || undefined, entry: undefined }, { replace: true });
  const clear = (label: string) => ({ 'aria-label': `${label}: ${text('limit.clear')}` });
  return (
    <Group gap="sm">
      <Select
        aria-label={text('audit.who')}
        placeholder={text('audit.anybody')}
        data={[
          { group: text('audit.people'), items: people.map(({ user_id, display_name }) => ({ value: user_id, label: display_name })) },
          { group: text('audit.keys'), items: keys.map(({ key_id, name }) => ({ value: key_id, label: name })) },
        ]}
        value={address['principal'] ?? null}
        onChange={set('principal')}
        searchable
        clearable
        clearButtonProps={clear(text('audit.who'))}
        w={190}
      />
      <Select
        aria-label={text('audit.operation')}
        placeholder={text('audit.anything')}
        data={[...new Set([...(wanted ? [wanted] : []), ...known])]}
        value={wanted ?? null}
        onChange={set('operation')}
        searchable
        clearable
        limit={60}
        clearButtonProps={clear(text('audit.operation'))}
        w={190}
      />
      <TextInput
        aria-label={text('audit.object')}
        placeholder={text('audit.objectHint')}
        defaultValue={address['object'] ?? ''}
        onBlur={(event) => set('object')(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && set('object')(event.currentTarget.value)}
        w={150}
      />
      {(['from', 'to'] as const).map((name) => (
        <TextInput
          key={name}
          type="datetime-local"
          aria-label={text(`audit.${name}`)}
          title={text(`audit.${name}`)}
          value={address[name] ?? ''}
          onChange={(event) => set(name)(event.currentTarget.value)}
        />
      ))}
    </Group>
  );
}
