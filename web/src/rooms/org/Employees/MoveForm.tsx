import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { employeeHistory, moveEmployee, undoMove } from '../../../../../src/rooms/org/contract.ts';
import { call } from '../../../client.ts';
import { useText } from '../../../i18n/text.ts';
import { DayInput } from '../../../kit/picker/DayInput.tsx';
import { EmployeePicker } from '../../../kit/picker/EmployeePicker.tsx';
import { SendForm } from '../../../kit/states/SendForm.tsx';
import type { Employee } from '../people_queries.ts';
import { DepartmentPicker, PositionPicker, SitePicker } from '../pickers.tsx';
import style from '../People.module.css';
import { differences, useChange } from '../useChange.ts';

const placeOf = (employee: Employee) => ({
  department: employee.department_code,
  position: employee.position_code ?? '',
  supervisor: employee.supervisor_number ?? '',
});

/** Another department, position, site or supervisor from a day on; after the last day it employs again. */
export function MoveForm({ employee, onDone }: { employee: Employee; onDone: () => void }) {
  const text = useText();
  const before = placeOf(employee);
  const [place, setPlace] = useState(before);
  const [site, setSite] = useState<string | null>(null);
  const [day, setDay] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const move = useChange(onDone);
  const { employee_id, is_active, full_name: name } = employee;
  const changed = { ...(is_active ? differences(before, place) : place), ...(site === null ? {} : { site }) };
  const submit = () => {
    move.mutate({
      done: text(is_active ? 'employee.movedToast' : 'employee.rehiredToast', { name }),
      run: async () => {
        const known = await steps(employee_id);
        await call(moveEmployee, { employee_id, ...changed, ...(day ? { valid_from: day } : {}), ...(reason ? { reason } : {}) });
        const made = (await steps(employee_id)).find(({ history_id }) => !known.some((one) => one.history_id === history_id));
        // Employing somebody again closes the gap before it and is corrected by hand.
        if (made?.change_type !== 'move') return undefined;
        return () => call(undoMove, { employee_id, history_id: made.history_id });
      },
    });
  };
  return (
    <SendForm
      className={style.box}
      sends={move}
      onSend={submit}
      button={text(is_active ? 'employee.move' : 'employee.rehire')}
      disabled={Object.keys(changed).length === 0}
    >
      <DepartmentPicker
        label={text('department.title')}
        required
        value={place.department}
        onChange={(department) => department && setPlace({ ...place, department })}
      />
      <PositionPicker
        label={text('position.title')}
        value={place.position || null}
        onChange={(position) => setPlace({ ...place, position: position ?? '' })}
      />
      <SitePicker
        label={text('employee.ownSite')}
        description={text('employee.ownSiteText', { site: employee.site_name ?? '–' })}
        value={site || null}
        onChange={(next) => setSite(next ?? '')}
      />
      <EmployeePicker
        label={text('employee.supervisor')}
        description={text('employee.supervisorText')}
        value={place.supervisor || null}
        valueName={employee.supervisor_name}
        onChange={(supervisor) => setPlace({ ...place, supervisor: supervisor ?? '' })}
      />
      <DayInput label={text('employee.from')} description={text('employee.fromText')} value={day} onChange={setDay} />
      <TextInput label={text('employee.reason')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </SendForm>
  );
}

const steps = async (employee_id: number) => (await call(employeeHistory, { employee_id, limit: 1000 })).items;
