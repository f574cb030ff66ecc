import { Group, Text } from '@mantine/core';
import { IconPlus, IconUsers } from '@tabler/icons-react';
import { ButtonLink } from '../../../design/links.tsx';
import { useText } from '../../../i18n/text.ts';
import { useChangeAddress } from '../../../shell/address.ts';
import type { Department } from '../people_queries.ts';
import { DeleteDepartment } from './DeleteDepartment.tsx';
import { DepartmentForm } from './DepartmentForm.tsx';
import { Deputies } from './Deputies.tsx';
import { MoveDepartment } from './MoveDepartment.tsx';

/** One unit: what it is, who leads it and stands in, where it lies. */
export function DepartmentDetail({ department, departments }: { department: Department; departments: Department[] }) {
  const text = useText();
  const change = useChangeAddress();
  return (
    <>
      <Text size="sm" c="dimmed">
        {department.department_path}
      </Text>
      <Group gap="sm" my="sm">
        <ButtonLink variant="default" to="/employees" search={{ department: department.department_code }} leftSection={<IconUsers size={16} />}>
          {text('department.people', { count: department.total_employee_count })}
        </ButtonLink>
        <ButtonLink variant="default" to="/organisation" search={{ open: `new:${department.department_code}` }} leftSection={<IconPlus size={16} />}>
          {text('department.createBelow')}
        </ButtonLink>
      </Group>
      {/* What was changed elsewhere, or taken back, is shown anew. */}
      <DepartmentForm key={department.updated_at} department={department} onDone={(code) => change({ open: code }, { replace: true })} />
      <Deputies department={department} />
      <MoveDepartment key={department.parent_code} department={department} departments={departments} />
      <DeleteDepartment department={department} />
    </>
  );
}
