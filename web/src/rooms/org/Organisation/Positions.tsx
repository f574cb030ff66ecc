import { Checkbox, Group, NumberInput, TextInput } from '@mantine/core';
import { IconId } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { createPosition, updatePosition } from '../../../../../src/rooms/org/contract.ts';
import { call } from '../../../client.ts';
import { useText } from '../../../i18n/text.ts';
import { Empty } from '../../../kit/states/Empty.tsx';
import { SendForm } from '../../../kit/states/SendForm.tsx';
import type { Column } from '../../../kit/table/column.ts';
import { useChangeAddress } from '../../../shell/address.ts';
import { CustomInputs, type CustomValues } from '../CustomInputs.tsx';
import { type Position, positionsQuery } from '../people_queries.ts';
import { differences, former, useChange } from '../useChange.ts';
import { EntityList, type FormProps } from './EntityList.tsx';

/** What somebody can be employed as. */
export function Positions() {
  const text = useText();
  const change = useChangeAddress();
  const columns = useMemo((): Column<Position>[] => {
    const onOpen = (position: Position) => change({ open: position.position_code });
    const plain = (id: 'position_name' | 'position_code' | 'position_name_en' | 'position_category', width: number): Column<Position> => ({
      id,
      header: text(`position.${id}`),
      type: 'text',
      width,
      value: (position) => position[id],
    });
    const grade = (id: 'min_grade' | 'max_grade'): Column<Position> => ({
      id,
      header: text(`position.${id}`),
      type: 'number',
      width: 110,
      value: (position) => position[id],
    });
    return [
      { ...plain('position_name', 240), onOpen },
      { ...plain('position_code', 140), onOpen },
      plain('position_name_en', 200),
      plain('position_category', 150),
      grade('min_grade'),
      grade('max_grade'),
      { id: 'is_active', header: text('common.active'), type: 'text', width: 100, value: (one) => text(one.is_active ? 'common.yes' : 'common.no') },
    ];
  }, [text, change]);
  return (
    <EntityList
      title={text('organisation.positions')}
      create={text('position.create')}
      query={useQuery(positionsQuery)}
      columns={columns}
      codeOf={(position) => position.position_code}
      nameOf={(position) => position.position_name}
      empty={
        <Empty icon={<IconId size={32} stroke={1.4} />} title={text('position.emptyTitle')} command='npx qh org create-position OPERATOR "Operator"'>
          {text('position.emptyText')}
        </Empty>
      }
      Form={PositionForm}
    />
  );
}

const fieldsOf = (position: Position | undefined) => ({
  position_name: position?.position_name ?? '',
  position_code: position?.position_code ?? '',
  position_name_en: position?.position_name_en ?? '',
  position_category: position?.position_category ?? '',
  min_grade: position?.min_grade ?? undefined,
  max_grade: position?.max_grade ?? undefined,
  requires_certification: position?.requires_certification ?? false,
  is_active: position?.is_active ?? true,
  custom: (position?.custom ?? {}) as CustomValues,
});
type Fields = ReturnType<typeof fieldsOf>;
const texts = ['position_name', 'position_code', 'position_name_en', 'position_category'] as const;

function PositionForm({ row: position, onDone }: FormProps<Position>) {
  const text = useText();
  const before = fieldsOf(position);
  const [fields, setFields] = useState(before);
  const save = useChange(() => onDone(undefined));
  const set = (change: Partial<Fields>) => setFields({ ...fields, ...change });
  const submit = () => {
    save.mutate({
      done: text('service.saved', { name: fields.position_name }),
      run: async () => {
        const changed = differences(before, fields);
        if (position) {
          const { position_id } = position;
          await call(updatePosition, { position_id, ...changed });
          return () => call(updatePosition, { position_id, ...former(before, changed) });
        }
        const { position_code, position_name } = fields;
        const { is_active: _, ...given } = changed;
        await call(createPosition, { ...given, position_code, position_name });
        return undefined;
      },
    });
  };
  const grade = (name: 'min_grade' | 'max_grade') => (
    <NumberInput
      size="xs"
      label={text(`position.${name}`)}
      allowDecimal={false}
      value={fields[name] ?? ''}
      onChange={(value) => set({ [name]: typeof value === 'number' ? value : undefined })}
    />
  );
  return (
    <SendForm sends={save} onSend={submit}>
      {texts.map((name) => (
        <TextInput
          key={name}
          label={text(`position.${name}`)}
          required={name === 'position_name' || name === 'position_code'}
          value={fields[name]}
          onChange={(event) => set({ [name]: event.currentTarget.value })}
        />
      ))}
      <Group gap="sm" grow>
        {grade('min_grade')}
        {grade('max_grade')}
      </Group>
      <Checkbox
        label={text('position.requires_certification')}
        checked={fields.requires_certification}
        onChange={(event) => set({ requires_certification: event.currentTarget.checked })}
      />
      {position && (
        <Checkbox label={text('common.active')} checked={fields.is_active} onChange={(event) => set({ is_active: event.currentTarget.checked })} />
      )}
      <CustomInputs entity="position" value={fields.custom} onChange={(custom) => set({ custom })} />
    </SendForm>
  );
}
