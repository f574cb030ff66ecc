import { useMemo } from 'react';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { Status } from '../../../kit/states/Status.tsx';
import type { Column } from '../../../kit/table/column.ts';
import { useCustomFields, useFieldTitle } from '../CustomInputs.tsx';
import type { Employee } from '../people_queries.ts';

/** A value of any custom field as a cell. */
const plain = (value: unknown): string | number | null =>
  typeof value === 'string' || typeof value === 'number' ? value : value === true ? '✓' : null;

export function useEmployeeColumns(onOpen: (employee: Employee) => void): Column<Employee>[] {
  const text = useText();
  const format = useFormat();
  const fields = useCustomFields('employee');
  const title = useFieldTitle();
  return useMemo(() => {
    const day = (id: 'hire_date' | 'leave_date', optional: boolean): Column<Employee> => ({
      id,
      header: text(`employee.${id}`),
      type: 'text',
      width: 120,
      value: (row) => row[id],
      renderCell: (row) => (row[id] === null ? '' : format.day(row[id])),
      optional,
    });
    const plainText = (id: keyof Employee, header: string, width: number, optional = false): Column<Employee> => ({
      id,
      header,
      type: 'text',
      width,
      value: (row) => plain(row[id]),
      optional,
    });
    return [
      { ...plainText('personnel_number', text('employee.number'), 110), onOpen },
      { ...plainText('full_name', text('employee.name'), 230), onOpen },
      plainText('department_name', text('department.title'), 180),
      plainText('team_name', text('employee.team'), 150),
      plainText('position_name', text('position.title'), 170),
      plainText('site_name', text('site.title'), 140),
      plainText('supervisor_name', text('employee.supervisor'), 170),
      {
        id: 'status',
        header: text('employee.status'),
        type: 'text',
        width: 130,
        value: (row) => text(row.is_active ? 'employee.employed' : 'employee.notEmployed'),
        renderCell: (row) => (
          <Status tone={row.is_active ? 'good' : 'quiet'}>{text(row.is_active ? 'employee.employed' : 'employee.notEmployed')}</Status>
        ),
      },
      day('hire_date', false),
      day('leave_date', true),
      plainText('agent_code', text('employee.agent'), 120),
      plainText('email', text('employee.email'), 200, true),
      plainText('phone', text('employee.phone'), 150, true),
      plainText('department_path', text('department.path'), 300, true),
      ...fields.map((field): Column<Employee> => ({
        id: `custom.${field.field_name}`,
        header: title(field),
        type: field.field_type === 'number' ? 'number' : 'text',
        width: 130,
        value: (row) => plain((row.custom as Record<string, unknown>)[field.field_name]),
        optional: true,
      })),
    ];
    // oxlint-disable-next-line react/exhaustive-deps -- onOpen changes the address only
  }, [text, format, fields.length]);
}
