import { Select } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { updateEmployee } from '../../../../../src/rooms/org/contract.ts';
import { call } from '../../../client.ts';
import { useText } from '../../../i18n/text.ts';
import { Problem } from '../../../kit/states/Problem.tsx';
import { offerUndo } from '../../../kit/states/undo.tsx';
import { employeesQuery, forgetAdmin, type User } from '../queries.ts';
import { useMay } from '../session.ts';

/** Which employee this is: by it the person leads a team, stands in for others, and sees what is their own. */
export function EmployeeLink({ person }: { person: User }) {
  const text = useText();
  const may = useMay();
  const all = useQuery(employeesQuery).data ?? [];
  const present = all.find(({ user_id }) => user_id === person.user_id);
  const link = async (from: number | null, to: number | null) => {
    // Empty text takes the person away from the employee.
    if (from !== null) await call(updateEmployee, { employee_id: from, user_id: '' });
    if (to !== null) await call(updateEmployee, { employee_id: to, user_id: person.user_id });
    await forgetAdmin();
  };
  const save = useMutation({
    mutationFn: ({ from, to }: { from: number | null; to: number | null }) => link(from, to),
    onSuccess: (_answer, { from, to }) => offerUndo(text, text('person.linked'), () => link(to, from)),
  });
  return (
    <>
      <Select
        label={text('person.employee')}
        description={text('person.employeeText')}
        placeholder={text('person.noEmployee')}
        data={all
          .filter(({ user_id }) => user_id === null || user_id === person.user_id)
          .map(({ employee_id, full_name, personnel_number }) => ({ value: String(employee_id), label: `${full_name} (${personnel_number})` }))}
        value={present ? String(present.employee_id) : null}
        onChange={(id) => save.mutate({ from: present?.employee_id ?? null, to: id === null ? null : Number(id) })}
        searchable
        clearable
        limit={50}
        disabled={!may(updateEmployee) || save.isPending}
        nothingFoundMessage={text('picker.nothingFound')}
        clearButtonProps={{ 'aria-label': `${text('person.employee')}: ${text('limit.clear')}` }}
      />
      {save.error && <Problem error={save.error} />}
    </>
  );
}
