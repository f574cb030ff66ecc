import { Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowsExchange, IconDoorExit, IconPencil, IconUserPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { undoDismissal } from '../../../../../src/rooms/org/contract.ts';
import { call } from '../../../client.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { Problem } from '../../../kit/states/Problem.tsx';
import { Status } from '../../../kit/states/Status.tsx';
import { useCustomFields, useFieldTitle } from '../CustomInputs.tsx';
import type { Employee } from '../people_queries.ts';
import style from '../People.module.css';
import { useChange } from '../useChange.ts';
import { EmployeeForm } from './EmployeeForm.tsx';
import { EmployeeHistory } from './EmployeeHistory.tsx';
import { LeaveForm } from './LeaveForm.tsx';
import { MoveForm } from './MoveForm.tsx';
import { UserLink } from './UserLink.tsx';

type Act = 'edit' | 'move' | 'leave';

/** One employee: who they are, where they belong and belonged, and what can be done about it. */
export function EmployeeDetail({ employee }: { employee: Employee }) {
  const text = useText();
  const [act, setAct] = useState<Act>();
  const done = () => setAct(undefined);
  const keep = useChange();
  const button = (name: Act, icon: ReactNode, label: string) => (
    <Button
      variant={act === name ? 'light' : 'default'}
      leftSection={icon}
      aria-expanded={act === name}
      onClick={() => setAct(act === name ? undefined : name)}
    >
      {label}
    </Button>
  );
  const left = employee.leave_date !== null;
  return (
    <Stack gap="md">
      <Group gap="sm">
        <Status tone={employee.is_active ? 'good' : 'quiet'}>{text(employee.is_active ? 'employee.employed' : 'employee.notEmployed')}</Status>
        <Text size="sm" c="dimmed">
          {employee.department_path}
        </Text>
      </Group>
      <Group gap="sm">
        {button('edit', <IconPencil size={16} />, text('common.edit'))}
        {button(
          'move',
          employee.is_active ? <IconArrowsExchange size={16} /> : <IconUserPlus size={16} />,
          text(employee.is_active ? 'employee.move' : 'employee.rehire'),
        )}
        {employee.is_active && button('leave', <IconDoorExit size={16} />, text('employee.leave'))}
        {left && (
          <Button
            variant="default"
            loading={keep.isPending}
            onClick={() =>
              keep.mutate({
                done: text('employee.keptToast', { name: employee.full_name }),
                run: async () => {
                  await call(undoDismissal, { employee_id: employee.employee_id });
                  return undefined;
                },
              })
            }
          >
            {text('employee.keep')}
          </Button>
        )}
      </Group>
      {keep.error && <Problem error={keep.error} />}
      {act === 'edit' && <EmployeeForm employee={employee} onDone={done} />}
      {act === 'move' && <MoveForm employee={employee} onDone={done} />}
      {act === 'leave' && <LeaveForm employee={employee} onDone={done} />}
      <EmployeeFacts employee={employee} />
      <EmployeeHistory employee={employee} />
    </Stack>
  );
}

function EmployeeFacts({ employee }: { employee: Employee }) {
  const text = useText();
  const format = useFormat();
  const title = useFieldTitle();
  const custom = employee.custom as Record<string, unknown>;
  const own = useCustomFields('employee').flatMap((field): [string, ReactNode][] => {
    const value = custom[field.field_name];
    if (value === undefined || value === null) return [];
    if (typeof value === 'boolean') return [[title(field), text(value ? 'common.yes' : 'common.no')]];
    return [[title(field), field.field_type === 'date' ? format.day(String(value)) : String(value as string | number)]];
  });
  const facts: [string, ReactNode][] = [
    [text('employee.number'), employee.personnel_number],
    [text('employee.hire_date'), format.day(employee.hire_date)],
    [
      text('employee.leave_date'),
      employee.leave_date === null ? null : [format.day(employee.leave_date), employee.leave_reason].filter(Boolean).join(' · '),
    ],
    [text('position.title'), employee.position_name],
    [text('employee.team'), employee.team_name],
    [text('site.title'), employee.site_name && `${employee.site_name} (${employee.time_zone})`],
    [text('employee.supervisor'), employee.supervisor_name || null],
    [text('employee.email'), employee.email],
    [text('employee.phone'), employee.phone],
    [text('employee.agent'), employee.agent_code],
    [text('employee.user'), employee.user_id && <UserLink userId={employee.user_id} />],
    ...own,
  ];
  return (
    <dl className={style.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value ?? '–'}</dd>
        </div>
      ))}
    </dl>
  );
}
