import { MultiSelect, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { departments, sites } from '../../../../src/rooms/org/contract.ts';
import { useText } from '../../i18n/text.ts';
import { servicesQuery } from '../org/queries.ts';
import { departmentsQuery, operationsQuery, rolesQuery, sitesQuery } from './queries.ts';
import { useMay } from './session.ts';
import { useRoleName } from './words.ts';

interface PickerProps<T> {
  /** Null: not limited. */
  value: T[] | null;
  onChange: (value: T[] | null) => void;
}

const orNull = <T,>(list: T[]): T[] | null => (list.length === 0 ? null : list);

/** What a person or key may see, chosen from what there is; nothing chosen is no limit. */
function Limit({
  label,
  options,
  value,
  onChange,
  nothing,
}: PickerProps<string> & { label: string; nothing?: string; options: { value: string; label: string }[] | { group: string; items: string[] }[] }) {
  const text = useText();
  return (
    <MultiSelect
      size="xs"
      label={label}
      placeholder={value === null ? (nothing ?? text('limit.all')) : ''}
      data={options}
      value={value ?? []}
      onChange={(list) => onChange(orNull(list))}
      searchable
      clearable
      hidePickedOptions
      nothingFoundMessage={text('picker.nothingFound')}
      clearButtonProps={{ 'aria-label': `${label}: ${text('limit.clear')}` }}
    />
  );
}

export function ServicesLimit({ value, onChange }: PickerProps<number>) {
  const text = useText();
  const services = useQuery(servicesQuery).data ?? [];
  return (
    <Limit
      label={text('limit.services')}
      options={services.map(({ service_id, service_name }) => ({ value: String(service_id), label: service_name }))}
      value={value === null ? null : value.map(String)}
      onChange={(list) => onChange(list === null ? null : list.map(Number))}
    />
  );
}

/** `services`: who is limited to some of them sees nobody, until departments are chosen. */
export function TeamsLimit({ value, onChange, services }: PickerProps<number> & { services: number[] | null }) {
  const text = useText();
  const may = useMay();
  const all = useQuery({ ...departmentsQuery, enabled: may(departments) }).data ?? [];
  return (
    <Limit
      label={text('limit.teams')}
      {...(services === null ? {} : { nothing: text('limit.nobody') })}
      options={all.map(({ department_id, department_path }) => ({ value: String(department_id), label: department_path }))}
      value={value === null ? null : value.map(String)}
      onChange={(list) => onChange(list === null ? null : list.map(Number))}
    />
  );
}

export function CitiesLimit({ value, onChange }: PickerProps<string>) {
  const text = useText();
  const may = useMay();
  const all = useQuery({ ...sitesQuery, enabled: may(sites) }).data ?? [];
  const cities = [...new Set([...all.flatMap(({ city }) => city ?? []), ...(value ?? [])])].toSorted((a, b) => a.localeCompare(b));
  return <Limit label={text('limit.cities')} options={cities.map((city) => ({ value: city, label: city }))} value={value} onChange={onChange} />;
}

/** Operations by their rooms, named as in the reference. */
export function OperationsLimit({ value, onChange }: PickerProps<string>) {
  const text = useText();
  const all = useQuery(operationsQuery).data ?? [];
  const names = all.filter(({ scope }) => scope !== null).map(({ operation }) => operation);
  const groups = [...Map.groupBy(names, (name) => name.split('.')[0] ?? '')].map(([group, items]) => ({ group, items }));
  return <Limit label={text('limit.operations')} options={groups} value={value} onChange={onChange} />;
}

export function RoleSelect({ value, onChange, disabled }: { value: string; onChange: (role: string) => void; disabled?: boolean }) {
  const text = useText();
  const roleName = useRoleName();
  const roles = useQuery(rolesQuery).data ?? [];
  return (
    <Select
      label={text('person.role')}
      data={roles.map(({ role }) => ({ value: role, label: roleName(role) }))}
      value={value}
      onChange={(role) => role && onChange(role)}
      allowDeselect={false}
      disabled={disabled ?? false}
    />
  );
}

/** Names of the services of a limit, for lists. */
export function useServiceNames(): (ids: readonly number[] | null) => string {
  const text = useText();
  const services = useQuery(servicesQuery).data ?? [];
  return (ids) =>
    ids === null ? text('limit.all') : ids.map((id) => services.find(({ service_id }) => service_id === id)?.service_name ?? `#${id}`).join(', ');
}
