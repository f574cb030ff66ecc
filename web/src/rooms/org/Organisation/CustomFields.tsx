import { IconForms } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useText } from '../../../i18n/text.ts';
import { Empty } from '../../../kit/states/Empty.tsx';
import type { Column } from '../../../kit/table/column.ts';
import { useChangeAddress } from '../../../shell/address.ts';
import { useFieldTitle } from '../CustomInputs.tsx';
import { type CustomField, customFieldsQuery } from '../people_queries.ts';
import { CustomFieldForm } from './CustomFieldForm.tsx';
import { EntityList } from './EntityList.tsx';

const codeOf = (field: CustomField) => `${field.entity}.${field.field_name}`;

/** Fields of the organisation's own, declared as data. */
export function CustomFields() {
  const text = useText();
  const title = useFieldTitle();
  const change = useChangeAddress();
  const columns = useMemo((): Column<CustomField>[] => {
    const onOpen = (field: CustomField) => change({ open: codeOf(field) });
    const flag = (id: 'is_required' | 'is_personal'): Column<CustomField> => ({
      id,
      header: text(`field.${id}`),
      type: 'text',
      width: 130,
      value: (field) => text(field[id] ? 'common.yes' : 'common.no'),
    });
    return [
      { id: 'title', header: text('field.title'), type: 'text', width: 220, value: title, onOpen },
      { id: 'field_name', header: text('field.field_name'), type: 'text', width: 160, value: (field) => field.field_name, onOpen },
      { id: 'entity', header: text('field.entity'), type: 'text', width: 150, value: (field) => text(`entity.${field.entity}`) },
      { id: 'field_type', header: text('field.field_type'), type: 'text', width: 150, value: (field) => text(`fieldType.${field.field_type}`) },
      flag('is_required'),
      flag('is_personal'),
      { id: 'choices', header: text('field.choices'), type: 'text', width: 240, value: (field) => (field.choices ?? []).join(', ') },
    ];
  }, [text, title, change]);
  return (
    <EntityList
      title={text('organisation.fields')}
      create={text('field.create')}
      query={useQuery(customFieldsQuery)}
      columns={columns}
      codeOf={codeOf}
      nameOf={title}
      empty={
        <Empty
          icon={<IconForms size={32} stroke={1.4} />}
          title={text('field.emptyTitle')}
          command="npx qh org set-custom-field employee headset --field-type choice --title-en Headset --choices mono,stereo"
        >
          {text('field.emptyText')}
        </Empty>
      }
      Form={CustomFieldForm}
    />
  );
}
