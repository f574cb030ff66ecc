import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLanguage } from '../../i18n/text.ts';
import { DayInput } from '../../kit/picker/DayInput.tsx';
import { type CustomField, customFieldsQuery, type Entity } from './people_queries.ts';

export type CustomValues = Record<string, unknown>;

export function useCustomFields(entity: Entity): CustomField[] {
  return (useQuery(customFieldsQuery).data ?? []).filter((field) => field.entity === entity);
}

export function useFieldTitle(): (field: CustomField) => string {
  const language = useLanguage();
  return (field) => field[`title_${language}`] || field.title_en;
}

/** Inputs for the fields that the organisation declared of its own. */
export function CustomInputs({ entity, value, onChange }: { entity: Entity; value: CustomValues; onChange: (values: CustomValues) => void }) {
  const title = useFieldTitle();
  return useCustomFields(entity).map((field) => (
    <CustomInput
      key={field.field_name}
      field={field}
      label={title(field)}
      value={value[field.field_name] ?? null}
      onChange={(next) => onChange({ ...value, [field.field_name]: next })}
    />
  ));
}

interface CustomInputProps {
  field: CustomField;
  label: string;
  value: unknown;
  onChange: (value: unknown) => void;
}

function CustomInput({ field, label, value, onChange }: CustomInputProps) {
  const required = field.is_required;
  switch (field.field_type) {
    case 'number':
      return (
        <NumberInput
          size="xs"
          label={label}
          required={required}
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => onChange(typeof next === 'number' ? next : null)}
        />
      );
    case 'date':
      return <DayInput label={label} required={required} value={typeof value === 'string' ? value : null} onChange={onChange} />;
    case 'choice':
      return (
        <Select
          label={label}
          required={required}
          clearable={!required}
          data={field.choices ?? []}
          value={typeof value === 'string' ? value : null}
          onChange={onChange}
        />
      );
    case 'boolean':
      return <Checkbox label={label} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />;
    default:
      return (
        <TextInput
          label={label}
          required={required}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        />
      );
  }
}
