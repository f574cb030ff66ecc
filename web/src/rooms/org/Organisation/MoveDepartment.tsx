import { Button, Group, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { moveDepartment } from '../../../../../src/rooms/org/contract.ts';
import { call } from '../../../client.ts';
import { useText } from '../../../i18n/text.ts';
import { Problem } from '../../../kit/states/Problem.tsx';
import type { Department } from '../people_queries.ts';
import { DepartmentPicker } from '../pickers.tsx';
import style from '../People.module.css';
import { useChange } from '../useChange.ts';

/** Moves a unit with all below it; never into itself. */
export function MoveDepartment({ department, departments }: { department: Department; departments: Department[] }) {
  const text = useText();
  const [parent, setParent] = useState(department.parent_code);
  const move = useChange();
  const { department_id, parent_code, department_name: name } = department;
  const to = departments.find(({ department_code }) => department_code === parent)?.department_name;
  return (
    <section className={style.section}>
      <Title order={2}>{text('department.move')}</Title>
      <Text size="sm" c="dimmed">
        {text('department.moveText')}
      </Text>
      <DepartmentPicker
        label={text('department.parent')}
        description={text('department.parentText')}
        value={parent}
        onChange={setParent}
        without={department.hierarchy_path}
      />
      {move.error && <Problem error={move.error} />}
      <Group>
        <Button
          variant="default"
          disabled={parent === parent_code}
          loading={move.isPending}
          onClick={() =>
            move.mutate({
              done: text('department.movedToast', { name, to: to ?? '–' }),
              run: async () => {
                await call(moveDepartment, { department_id, ...(parent === null ? {} : { parent }) });
                return () => call(moveDepartment, { department_id, ...(parent_code === null ? {} : { parent: parent_code }) });
              },
            })
          }
        >
          {text('department.moveDo')}
        </Button>
      </Group>
    </section>
  );
}
