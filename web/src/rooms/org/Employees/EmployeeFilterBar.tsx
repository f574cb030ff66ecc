import { Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useText } from '../../../i18n/text.ts';
import { DayInput } from '../../../kit/picker/DayInput.tsx';
import { MyTeamFilter } from '../../../kit/picker/MyTeamFilter.tsx';
import { useAddress, useChangeAddress } from '../../../shell/address.ts';
import type { EmployeeFilters } from '../people_queries.ts';
import { DepartmentPicker, PositionPicker, SitePicker } from '../pickers.tsx';

const codes = ['department', 'team', 'site', 'position', 'search', 'active_on'] as const;
const statuses = ['active', 'left', 'all'] as const;

/** The filters as they stand in the address, in the words of the API. Those who left are shown when they are asked for. */
export function useEmployeeFilters(): { filters: EmployeeFilters; isFiltered: boolean } {
  const address = useAddress();
  return useMemo(() => {
    const given = Object.fromEntries(codes.flatMap((name) => (address[name] ? [[name, address[name]]] : [])));
    const status = statuses.find((one) => one === address['status']) ?? 'active';
    const my_team = address['my_team'] === 'true';
    return {
      filters: {
        ...given,
        ...(my_team ? { my_team } : {}),
        ...(status === 'all' || given['active_on'] ? {} : { active: status === 'active' }),
      },
      isFiltered: Object.keys(given).length > 0 || my_team || status === 'left',
    };
  }, [address]);
}

const width = 'clamp(120px, 11vw, 200px)';

export function EmployeeFilterBar() {
  const text = useText();
  const address = useAddress();
  const change = useChangeAddress();
  const [typed, setTyped] = useState(address['search'] ?? '');
  const search = useDebouncedCallback((words: string) => change({ search: words.trim() || undefined }, { replace: true }), 300);
  const code = (name: (typeof codes)[number]) => ({
    value: address[name] ?? null,
    onChange: (value: string | null) => change({ [name]: value ?? undefined }),
    width,
  });
  return (
    <Group gap="sm" role="search">
      <TextInput
        aria-label={text('employee.search')}
        placeholder={text('employee.search')}
        leftSection={<IconSearch size={16} stroke={1.6} />}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          search(event.currentTarget.value);
        }}
        w="clamp(160px, 15vw, 260px)"
      />
      <MyTeamFilter />
      <DepartmentPicker all={text('department.title')} {...code('department')} />
      <DepartmentPicker type="team" all={text('employee.team')} {...code('team')} />
      <SitePicker all={text('site.title')} {...code('site')} />
      <PositionPicker all={text('position.title')} {...code('position')} />
      <Select
        aria-label={text('employee.status')}
        data={statuses.map((status) => ({ value: status, label: text(`employee.status.${status}`) }))}
        value={address['active_on'] ? 'active' : (address['status'] ?? 'active')}
        onChange={(status) => change({ status: status === 'active' ? undefined : (status ?? undefined) })}
        disabled={Boolean(address['active_on'])}
        allowDeselect={false}
        w={width}
      />
      <DayInput name={text('employee.asOn')} placeholder={text('employee.asOn')} {...code('active_on')} />
    </Group>
  );
}
