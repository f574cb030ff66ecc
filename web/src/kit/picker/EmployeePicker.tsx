import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { employees } from '../../../../src/rooms/org/contract.ts';
import { call } from '../../client.ts';
import { useText } from '../../i18n/text.ts';

interface EmployeePickerProps {
  label: string;
  description?: string;
  /** Personnel number. */
  value: string | null;
  /** Name of the one that is chosen already. */
  valueName?: string | undefined;
  onChange: (personnelNumber: string | null) => void;
  required?: boolean;
}

const found = 30;

/** Finds an employee by words of the name or the beginning of the number; centres have thousands, so the server searches. */
export function EmployeePicker({ label, description, value, valueName, onChange, required }: EmployeePickerProps) {
  const text = useText();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 250);
  const [chosen, setChosen] = useState({ value, name: valueName ?? value ?? '' });
  const words = search === chosen.name ? '' : search;
  const query = useQuery({
    queryKey: ['org.employees', 'picker', words],
    queryFn: async ({ signal }) => (await call(employees, { active: true, limit: found, ...(words ? { search: words } : {}) }, { signal })).items,
    placeholderData: keepPreviousData,
  });
  // The one that is chosen keeps the name that it was chosen by: a name that changed would be searched for in its turn, and so on.
  const options = (query.data ?? []).map(({ personnel_number, full_name }) => ({
    value: personnel_number,
    label: personnel_number === chosen.value ? chosen.name : `${full_name} (${personnel_number})`,
  }));
  const current =
    value !== null && !options.some((option) => option.value === value) ? [{ value, label: value === chosen.value ? chosen.name : value }] : [];
  return (
    <Select
      label={label}
      {...(description ? { description } : {})}
      data={[...current, ...options]}
      value={value}
      onChange={(next, option) => {
        setChosen({ value: next, name: option?.label ?? '' });
        onChange(next);
      }}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options: all }) => all}
      searchable
      clearable={!required}
      allowDeselect={!required}
      required={required ?? false}
      nothingFoundMessage={text('picker.nothingFound')}
    />
  );
}
