import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { dismissEmployee, undoDismissal } from '../../../../../src/rooms/org/contract.ts';
import { call } from '../../../client.ts';
import { useText } from '../../../i18n/text.ts';
import { DayInput } from '../../../kit/picker/DayInput.tsx';
import { SendForm } from '../../../kit/states/SendForm.tsx';
import type { Employee } from '../people_queries.ts';
import style from '../People.module.css';
import { useChange } from '../useChange.ts';

/** The last day of an employment; it counts as employed. */
export function LeaveForm({ employee, onDone }: { employee: Employee; onDone: () => void }) {
  const text = useText();
  const [day, setDay] = useState<string | null>(employee.leave_date);
  const [reason, setReason] = useState('');
  const leave = useChange(onDone);
  const { employee_id, leave_date, leave_reason } = employee;
  const submit = () => {
    leave.mutate({
      done: text('employee.leftToast', { name: employee.full_name }),
      run: async () => {
        await call(dismissEmployee, { employee_id, ...(day ? { leave_date: day } : {}), ...(reason ? { reason } : {}) });
        return async () => {
          await call(undoDismissal, { employee_id });
          if (leave_date !== null) await call(dismissEmployee, { employee_id, leave_date, reason: leave_reason ?? '' });
        };
      },
    });
  };
  return (
    <SendForm className={style.box} sends={leave} onSend={submit} button={text('employee.leave')}>
      <DayInput label={text('employee.leave_date')} description={text('employee.leaveText')} value={day} onChange={setDay} />
      <TextInput label={text('employee.reason')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </SendForm>
  );
}
