import { Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { createEmployee, updateEmployee } from '../../../../../src/rooms/org/contract.ts';
import { call } from '../../../client.ts';
import { useText } from '../../../i18n/text.ts';
import { DayInput } from '../../../kit/picker/DayInput.tsx';
import { EmployeePicker } from '../../../kit/picker/EmployeePicker.tsx';
import { SendForm } from '../../../kit/states/SendForm.tsx';
import { CustomInputs, type CustomValues } from '../CustomInputs.tsx';
import type { Employee } from '../people_queries.ts';
import { DepartmentPicker, PositionPicker, SitePicker } from '../pickers.tsx';
import style from '../People.module.css';
import { differences, former, useChange } from '../useChange.ts';
import { usersQuery } from './UserLink.tsx';

const fieldsOf = (employee: Employee | undefined) => ({
  personnel_number: employee?.personnel_number ?? '',
  last_name: employee?.last_name ?? '',
  first_name: employee?.first_name ?? '',
  middle_name: employee?.middle_name ?? '',
  hire_date: employee?.hire_date ?? '',
  email: employee?.email ?? '',
  phone: employee?.phone ?? '',
  agent_code: employee?.agent_code ?? '',
  user_id: employee?.user_id ?? '',
});
type Fields = ReturnType<typeof fieldsOf>;
const texts = ['personnel_number', 'last_name', 'first_name', 'middle_name', 'email', 'phone', 'agent_code'] as const;
const required = new Set<string>(['personnel_number', 'last_name', 'first_name']);

/** A masked value is not known here, so a change of it cannot be taken back. */
const isMasked = (value: unknown) => typeof value === 'string' && value.includes('*');

interface EmployeeFormProps {
  /** Left out: a new one. */
  employee?: Employee;
  onDone: (employeeId: number) => void;
}

export function EmployeeForm({ employee, onDone }: EmployeeFormProps) {
  const text = useText();
  const before = fieldsOf(employee);
  const [fields, setFields] = useState(before);
  const [custom, setCustom] = useState<CustomValues>((employee?.custom ?? {}) as CustomValues);
  const [place, setPlace] = useState({ department: '', position: '', site: '', supervisor: '' });
  const save = useChange(() => employee && onDone(employee.employee_id));
  const set = (change: Partial<Fields>) => setFields({ ...fields, ...change });
  const people = useQuery(usersQuery).data;

  const update = async (employee_id: number) => {
    const changed = differences(before, fields);
    const own = (employee?.custom ?? {}) as CustomValues;
    const customChanged = differences(own, custom);
    const write = (values: Partial<Fields>, further: CustomValues) =>
      call(updateEmployee, { employee_id, ...values, ...(Object.keys(further).length > 0 ? { custom: further } : {}) });
    await write(changed, customChanged);
    const back = former(before, changed);
    if (Object.values(back).some(isMasked)) return undefined;
    const ownBack = Object.fromEntries(Object.keys(customChanged).map((name) => [name, own[name] ?? null]));
    return () => write(back, ownBack);
  };
  const create = async () => {
    const { personnel_number, last_name, first_name, hire_date, ...further } = fields;
    const { department, ...where } = place;
    const given = Object.fromEntries(Object.entries({ ...further, ...where }).filter(([, value]) => value !== ''));
    const own = Object.fromEntries(Object.entries(custom).filter(([, value]) => value !== null));
    const made = await call(createEmployee, {
      personnel_number,
      last_name,
      first_name,
      hire_date,
      department,
      ...given,
      ...(Object.keys(own).length > 0 ? { custom: own } : {}),
    });
    onDone(made.employee_id);
    return undefined;
  };
  const submit = () => {
    const name = `${fields.last_name} ${fields.first_name}`;
    save.mutate({ done: text('employee.savedToast', { name }), run: () => (employee ? update(employee.employee_id) : create()) });
  };
  return (
    <SendForm className={employee ? style.box : undefined} sends={save} onSend={submit}>
      {texts.map((name) => (
        <TextInput
          key={name}
          label={text(`employee.field.${name}`)}
          required={required.has(name)}
          value={fields[name]}
          onChange={(event) => set({ [name]: event.currentTarget.value })}
        />
      ))}
      <DayInput
        label={text('employee.hire_date')}
        required
        value={fields.hire_date || null}
        onChange={(hire_date) => set({ hire_date: hire_date ?? '' })}
      />
      {!employee && <Placement value={place} onChange={setPlace} />}
      {people && (
        <Select
          label={text('employee.user')}
          description={text('employee.userText')}
          data={people.map(({ user_id, display_name, login }) => ({ value: user_id, label: `${display_name} (${login})` }))}
          value={fields.user_id || null}
          onChange={(user_id) => set({ user_id: user_id ?? '' })}
          searchable
          clearable
          nothingFoundMessage={text('picker.nothingFound')}
        />
      )}
      <CustomInputs entity="employee" value={custom} onChange={setCustom} />
    </SendForm>
  );
}

interface Place {
  department: string;
  position: string;
  site: string;
  supervisor: string;
}

function Placement({ value, onChange }: { value: Place; onChange: (place: Place) => void }) {
  const text = useText();
  return (
    <>
      <DepartmentPicker
        label={text('department.title')}
        required
        value={value.department || null}
        onChange={(department) => onChange({ ...value, department: department ?? '' })}
      />
      <PositionPicker
        label={text('position.title')}
        value={value.position || null}
        onChange={(position) => onChange({ ...value, position: position ?? '' })}
      />
      <SitePicker
        label={text('employee.ownSite')}
        description={text('employee.siteText')}
        value={value.site || null}
        onChange={(site) => onChange({ ...value, site: site ?? '' })}
      />
      <EmployeePicker
        label={text('employee.supervisor')}
        description={text('employee.supervisorText')}
        value={value.supervisor || null}
        onChange={(supervisor) => onChange({ ...value, supervisor: supervisor ?? '' })}
      />
    </>
  );
}
