import { Checkbox, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { createDepartment, updateDepartment } from '../../../../../src/rooms/org/contract.ts';
import { call } from '../../../client.ts';
import { useText } from '../../../i18n/text.ts';
import { EmployeePicker } from '../../../kit/picker/EmployeePicker.tsx';
import { SendForm } from '../../../kit/states/SendForm.tsx';
import { CustomInputs, type CustomValues } from '../CustomInputs.tsx';
import type { Department } from '../people_queries.ts';
import { DepartmentPicker, SitePicker } from '../pickers.tsx';
import { differences, former, useChange } from '../useChange.ts';

const types = ['company', 'region', 'site', 'department', 'team', 'group'] as const;
const authorities = ['FULL', 'LIMITED', 'VIEW_ONLY', 'NONE'] as const;

const fieldsOf = (department: Department | undefined) => ({
  department_name: department?.department_name ?? '',
  department_code: department?.department_code ?? '',
  department_type: department?.department_type ?? ('department' as const),
  manager: department?.manager_number ?? '',
  site: department?.site_code ?? '',
  cost_center_code: department?.cost_center_code ?? '',
  participates_in_approval: department?.participates_in_approval ?? true,
  scheduling_authority_level: department?.scheduling_authority_level ?? ('FULL' as const),
  is_active: department?.is_active ?? true,
  custom: (department?.custom ?? {}) as CustomValues,
});
type Fields = ReturnType<typeof fieldsOf>;

interface DepartmentFormProps {
  department?: Department;
  /** Code of the department that a new one lies in. */
  parent?: string;
  onDone?: (code: string) => void;
}

export function DepartmentForm({ department, parent = '', onDone }: DepartmentFormProps) {
  const text = useText();
  const before = fieldsOf(department);
  const [fields, setFields] = useState(before);
  const [above, setAbove] = useState(parent);
  const save = useChange();
  const set = (change: Partial<Fields>) => setFields({ ...fields, ...change });
  const submit = () => {
    save.mutate({
      done: text('department.savedToast', { name: fields.department_name }),
      run: async () => {
        if (department) {
          const changed = differences(before, fields);
          const { department_id } = department;
          await call(updateDepartment, { department_id, ...changed });
          if (changed.department_code !== undefined) onDone?.(changed.department_code);
          return () => call(updateDepartment, { department_id, ...former(before, changed) });
        }
        const { is_active: _, ...given } = fields;
        const made = await call(createDepartment, { ...given, ...(above ? { parent: above } : {}) });
        onDone?.(made.department_code);
        return undefined;
      },
    });
  };
  return (
    <SendForm sends={save} onSend={submit}>
      <TextInput
        label={text('department.name')}
        required
        value={fields.department_name}
        onChange={(event) => set({ department_name: event.currentTarget.value })}
      />
      <TextInput
        label={text('department.code')}
        description={text('department.codeText')}
        required
        value={fields.department_code}
        onChange={(event) => set({ department_code: event.currentTarget.value })}
      />
      <Select
        label={text('department.type')}
        data={types.map((type) => ({ value: type, label: text(`departmentType.${type}`) }))}
        value={fields.department_type}
        onChange={(next) => set({ department_type: types.find((type) => type === next) ?? 'department' })}
        allowDeselect={false}
      />
      {!department && (
        <DepartmentPicker
          label={text('department.parent')}
          description={text('department.parentText')}
          value={above || null}
          onChange={(code) => setAbove(code ?? '')}
        />
      )}
      <EmployeePicker
        label={text('department.manager')}
        value={fields.manager || null}
        valueName={department?.manager_name}
        onChange={(manager) => set({ manager: manager ?? '' })}
      />
      <SitePicker label={text('site.title')} value={fields.site || null} onChange={(site) => set({ site: site ?? '' })} />
      <TextInput
        label={text('department.costCenter')}
        value={fields.cost_center_code}
        onChange={(event) => set({ cost_center_code: event.currentTarget.value })}
      />
      <Select
        label={text('department.authority')}
        data={authorities.map((level) => ({ value: level, label: text(`authority.${level}`) }))}
        value={fields.scheduling_authority_level}
        onChange={(next) => set({ scheduling_authority_level: authorities.find((level) => level === next) ?? 'FULL' })}
        allowDeselect={false}
      />
      <Checkbox
        label={text('department.approves')}
        checked={fields.participates_in_approval}
        onChange={(event) => set({ participates_in_approval: event.currentTarget.checked })}
      />
      {department && (
        <Checkbox label={text('common.active')} checked={fields.is_active} onChange={(event) => set({ is_active: event.currentTarget.checked })} />
      )}
      <CustomInputs entity="department" value={fields.custom} onChange={(custom) => set({ custom })} />
    </SendForm>
  );
}
