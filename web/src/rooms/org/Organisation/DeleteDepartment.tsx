import { Button, Group, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { createDepartment, deleteDepartment } from '../../../../../src/rooms/org/contract.ts';
import { call } from '../../../client.ts';
import { useText } from '../../../i18n/text.ts';
import { Problem } from '../../../kit/states/Problem.tsx';
import { useChangeAddress } from '../../../shell/address.ts';
import type { Department } from '../people_queries.ts';
import { DepartmentPicker } from '../pickers.tsx';
import style from '../People.module.css';
import { useChange } from '../useChange.ts';

/** An empty unit goes at once and can be made again; one with people first needs to be told where they go. */
export function DeleteDepartment({ department }: { department: Department }) {
  const text = useText();
  const change = useChangeAddress();
  const [moveTo, setMoveTo] = useState<string | null>(null);
  const remove = useChange(() => change({ open: undefined }, { replace: true }));
  const { department_id, department_name: name } = department;
  const isEmpty = department.employee_count === 0 && department.child_count === 0;
  const run = async () => {
    await call(deleteDepartment, { department_id, ...(moveTo ? { move_to: moveTo } : {}) });
    if (!isEmpty) return undefined;
    return () =>
      call(createDepartment, {
        department_code: department.department_code,
        department_name: name,
        department_type: department.department_type,
        participates_in_approval: department.participates_in_approval,
        scheduling_authority_level: department.scheduling_authority_level,
        custom: department.custom,
        ...(department.parent_code ? { parent: department.parent_code } : {}),
        ...(department.manager_number ? { manager: department.manager_number } : {}),
        ...(department.site_code ? { site: department.site_code } : {}),
        ...(department.cost_center_code ? { cost_center_code: department.cost_center_code } : {}),
      });
  };
  return (
    <section className={style.section}>
      <Title order={2}>{text('department.delete')}</Title>
      {!isEmpty && (
        <>
          <Text size="sm" c="dimmed">
            {text('department.deleteText')}
          </Text>
          <DepartmentPicker label={text('department.moveTo')} value={moveTo} onChange={setMoveTo} without={department.hierarchy_path} />
        </>
      )}
      {remove.error && <Problem error={remove.error} />}
      <Group>
        <Button
          color="red"
          variant="outline"
          disabled={!isEmpty && moveTo === null}
          loading={remove.isPending}
          onClick={() => remove.mutate({ done: text('department.deletedToast', { name }), run })}
        >
          {text('department.delete')}
        </Button>
      </Group>
    </section>
  );
}
