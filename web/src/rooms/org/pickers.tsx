import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useText } from '../../i18n/text.ts';
import { departmentsQuery, positionsQuery, sitesQuery } from './people_queries.ts';

interface PickerProps {
  value: string | null;
  onChange: (code: string | null) => void;
  label?: string;
  /** Names it where there is no label, and says what no choice means. */
  all?: string;
  description?: string;
  required?: boolean;
  width?: string;
}

interface Option {
  value: string;
  label: string;
}

function CodePicker({ value, onChange, label, all, description, required, width, data }: PickerProps & { data: Option[] }) {
  const text = useText();
  return (
    <Select
      {...(label ? { label } : { 'aria-label': all, placeholder: all })}
      {...(description ? { description } : {})}
      data={data}
      value={value}
      onChange={onChange}
      searchable
      clearable={!required}
      required={required ?? false}
      allowDeselect={false}
      nothingFoundMessage={text('picker.nothingFound')}
      {...(width ? { w: width } : {})}
    />
  );
}

const step = '\u2003';

/** Departments in the order of the tree, each as far to the right as it lies deep. */
export function DepartmentPicker({ type, without, ...props }: PickerProps & { type?: 'team'; without?: string | undefined }) {
  const departments = useQuery(departmentsQuery).data ?? [];
  const data = departments
    .filter(({ department_type, hierarchy_path, is_active, department_code }) => {
      if (type && department_type !== type) return false;
      if (without && hierarchy_path.startsWith(without)) return false;
      return is_active || department_code === props.value;
    })
    .map(({ department_code, department_name, hierarchy_level }) => ({
      value: department_code,
      label: (type ? '' : step.repeat(hierarchy_level - 1)) + department_name,
    }));
  return <CodePicker {...props} data={data} />;
}

export function SitePicker(props: PickerProps) {
  const sites = useQuery(sitesQuery).data ?? [];
  return <CodePicker {...props} data={sites.map(({ site_code, site_name }) => ({ value: site_code, label: site_name }))} />;
}

export function PositionPicker(props: PickerProps) {
  const positions = useQuery(positionsQuery).data ?? [];
  return <CodePicker {...props} data={positions.map(({ position_code, position_name }) => ({ value: position_code, label: position_name }))} />;
}
