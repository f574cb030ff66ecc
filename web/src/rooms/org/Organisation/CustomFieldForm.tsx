import { Button, Checkbox, Group, NumberInput, Select, TagsInput, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { removeCustomField, setCustomField } from '../../../../../src/rooms/org/contract.ts';
import { call } from '../../../client.ts';
import { useText } from '../../../i18n/text.ts';
import { Problem } from '../../../kit/states/Problem.tsx';
import { SendForm } from '../../../kit/states/SendForm.tsx';
import type { CustomField } from '../people_queries.ts';
import style from '../People.module.css';
import { useChange } from '../useChange.ts';
import type { FormProps } from './EntityList.tsx';

const entities = ['employee', 'department', 'site', 'position'] as const;
const types = ['text', 'number', 'date', 'choice', 'boolean'] as const;

const declarationOf = (field: CustomField | undefined) => ({
  entity: field?.entity ?? ('employee' as const),
  field_name: field?.field_name ?? '',
  field_type: field?.field_type ?? ('text' as const),
  title_en: field?.title_en ?? '',
  title_ru: field?.title_ru ?? '',
  title_es: field?.title_es ?? '',
  is_required: field?.is_required ?? false,
  is_personal: field?.is_personal ?? false,
  choices: field?.choices ?? [],
  ordinal: field?.ordinal ?? 0,
});
type Declaration = ReturnType<typeof declarationOf>;

/** Titles that are left out are the English one; choices belong to a choice only. */
function declare({ choices, title_ru, title_es, ...rest }: Declaration) {
  return call(setCustomField, {
    ...rest,
    ...(title_ru ? { title_ru } : {}),
    ...(title_es ? { title_es } : {}),
    ...(rest.field_type === 'choice' ? { choices } : {}),
  });
}

export function CustomFieldForm({ row: field, onDone }: FormProps<CustomField>) {
  const text = useText();
  const [given, setGiven] = useState(declarationOf(field));
  const close = () => onDone(undefined);
  const save = useChange(close);
  const set = (change: Partial<Declaration>) => setGiven({ ...given, ...change });
  const submit = () => {
    save.mutate({
      done: text('service.saved', { name: given.title_en }),
      run: async () => {
        await declare(given);
        const { entity, field_name } = given;
        return () => (field ? declare(declarationOf(field)) : call(removeCustomField, { entity, field_name }));
      },
    });
  };
  return (
    <>
      <SendForm sends={save} onSend={submit}>
        <Select
          label={text('field.entity')}
          data={entities.map((entity) => ({ value: entity, label: text(`entity.${entity}`) }))}
          value={given.entity}
          onChange={(next) => set({ entity: entities.find((entity) => entity === next) ?? 'employee' })}
          allowDeselect={false}
          disabled={field !== undefined}
        />
        <TextInput
          label={text('field.field_name')}
          description={text('field.nameText')}
          required
          pattern="[a-z][a-z0-9_]*"
          maxLength={40}
          value={given.field_name}
          onChange={(event) => set({ field_name: event.currentTarget.value })}
          disabled={field !== undefined}
        />
        <Select
          label={text('field.field_type')}
          data={types.map((type) => ({ value: type, label: text(`fieldType.${type}`) }))}
          value={given.field_type}
          onChange={(next) => set({ field_type: types.find((type) => type === next) ?? 'text' })}
          allowDeselect={false}
        />
        {given.field_type === 'choice' && (
          <TagsInput
            size="xs"
            label={text('field.choices')}
            description={text('field.choicesText')}
            value={given.choices}
            onChange={(choices) => set({ choices })}
          />
        )}
        {(['title_en', 'title_ru', 'title_es'] as const).map((name) => (
          <TextInput
            key={name}
            label={text(`field.${name}`)}
            required={name === 'title_en'}
            value={given[name]}
            onChange={(event) => set({ [name]: event.currentTarget.value })}
          />
        ))}
        <Checkbox
          label={text('field.is_required')}
          description={text('field.requiredText')}
          checked={given.is_required}
          onChange={(event) => set({ is_required: event.currentTarget.checked })}
        />
        <Checkbox
          label={text('field.is_personal')}
          description={text('field.personalText')}
          checked={given.is_personal}
          onChange={(event) => set({ is_personal: event.currentTarget.checked })}
        />
        <NumberInput
          size="xs"
          label={text('field.ordinal')}
          allowDecimal={false}
          value={given.ordinal}
          onChange={(ordinal) => typeof ordinal === 'number' && set({ ordinal })}
        />
      </SendForm>
      {field && <RemoveField field={field} onDone={close} />}
    </>
  );
}

/** A field without values can be declared again; its values do not come back, so removing them is said on purpose. */
function RemoveField({ field, onDone }: { field: CustomField; onDone: () => void }) {
  const text = useText();
  const [with_values, setWithValues] = useState(false);
  const remove = useChange(onDone);
  const { entity, field_name } = field;
  return (
    <section className={style.section}>
      <Title order={2}>{text('field.remove')}</Title>
      <Text size="sm" c="dimmed">
        {text('field.removeText')}
      </Text>
      <Checkbox label={text('field.withValues')} checked={with_values} onChange={(event) => setWithValues(event.currentTarget.checked)} />
      {remove.error && <Problem error={remove.error} />}
      <Group>
        <Button
          color="red"
          variant="outline"
          loading={remove.isPending}
          onClick={() =>
            remove.mutate({
              done: text('field.removedToast', { name: field.title_en }),
              run: async () => {
                const { values_removed } = await call(removeCustomField, { entity, field_name, ...(with_values ? { with_values } : {}) });
                return values_removed > 0 ? undefined : () => declare(declarationOf(field));
              },
            })
          }
        >
          {text('field.remove')}
        </Button>
      </Group>
    </section>
  );
}
