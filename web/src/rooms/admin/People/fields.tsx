import { Select, TextInput } from '@mantine/core';
import { languages } from '../../../i18n/language.ts';
import { useText } from '../../../i18n/text.ts';
import { RoleSelect, ServicesLimit, TeamsLimit } from '../LimitPickers.tsx';
import type { User } from '../queries.ts';

export type PersonFields = Pick<User, 'display_name' | 'email' | 'role' | 'locale' | 'service_ids' | 'team_ids'>;

interface FieldsProps {
  value: PersonFields;
  onChange: (change: Partial<PersonFields>) => void;
  /** One's own role is for another administrator to change. */
  fixedRole?: boolean;
}

/** What an invitation and a change of a person have in common. */
export function Fields({ value, onChange, fixedRole }: FieldsProps) {
  const text = useText();
  return (
    <>
      <TextInput
        label={text('person.name')}
        value={value.display_name}
        onChange={(event) => onChange({ display_name: event.currentTarget.value })}
        maxLength={200}
      />
      <TextInput
        label={text('person.email')}
        type="email"
        value={value.email ?? ''}
        onChange={(event) => onChange({ email: event.currentTarget.value || null })}
      />
      <RoleSelect value={value.role} onChange={(role) => onChange({ role })} disabled={fixedRole ?? false} />
      <ServicesLimit value={value.service_ids} onChange={(service_ids) => onChange({ service_ids })} />
      <TeamsLimit services={value.service_ids} value={value.team_ids} onChange={(team_ids) => onChange({ team_ids })} />
      <Select
        label={text('person.language')}
        data={Object.entries(languages).map(([code, label]) => ({ value: code, label }))}
        value={value.locale}
        onChange={(locale) => locale && onChange({ locale: locale as User['locale'] })}
        allowDeselect={false}
      />
    </>
  );
}
