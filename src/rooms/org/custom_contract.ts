import Type from 'typebox';
import { defineOperation } from '../../platform/contract/operation.ts';
import { CustomField } from './people_records.ts';

/** Fields that an organisation adds of its own, declared as data. */

const Entity = Type.Enum(['employee', 'department', 'site', 'position']);
const FieldName = Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$', description: 'small letters, digits and underscores' });
const Title = (language: string) => Type.String({ maxLength: 100, description: `title in ${language}` });

export const customFields = defineOperation({
  name: 'org.custom_fields',
  summary: 'Custom fields that are declared',
  scope: 'people:read',
  method: 'GET',
  path: '/api/v1/org/custom_fields',
  input: Type.Object({ entity: Type.Optional(Entity) }),
  output: CustomField,
  result: 'list',
  key: ['entity', 'ordinal', 'field_name'],
  sql: 'api.list_custom_fields',
  examples: [{ title: 'Fields of employees', input: { entity: 'employee' } }],
});

export const setCustomField = defineOperation({
  name: 'org.set_custom_field',
  summary: 'Declare a custom field, or change its declaration',
  description: 'Refused while values that are there would not fit. A field that becomes required is asked for from the next change on.',
  scope: 'people:write',
  changesAll: true,
  method: 'PUT',
  path: '/api/v1/org/custom_fields/{entity}/{field_name}',
  input: Type.Object({
    entity: Entity,
    field_name: FieldName,
    field_type: Type.Enum(['text', 'number', 'date', 'choice', 'boolean']),
    title_en: Type.String({ minLength: 1, maxLength: 100, description: 'title in English' }),
    title_ru: Type.Optional(Title('Russian')),
    title_es: Type.Optional(Title('Spanish')),
    is_required: Type.Optional(Type.Boolean()),
    is_personal: Type.Optional(Type.Boolean({ description: 'show it only to those who may see personal data' })),
    choices: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { description: 'what can be chosen, for type choice' })),
    ordinal: Type.Optional(Type.Integer({ description: 'order on pages and in files' })),
  }),
  output: CustomField,
  result: 'row',
  sql: 'api.set_custom_field',
  errors: ['bad_request', 'conflict'],
  positional: ['entity', 'field_name'],
  examples: [
    {
      title: 'The size of the headset',
      input: { entity: 'employee', field_name: 'headset', field_type: 'choice', title_en: 'Headset', choices: ['mono', 'stereo'] },
    },
  ],
});

export const removeCustomField = defineOperation({
  name: 'org.remove_custom_field',
  summary: 'Remove a custom field',
  scope: 'people:write',
  changesAll: true,
  method: 'DELETE',
  path: '/api/v1/org/custom_fields/{entity}/{field_name}',
  input: Type.Object({
    entity: Entity,
    field_name: FieldName,
    with_values: Type.Optional(Type.Boolean({ description: 'remove its values too; they do not come back' })),
  }),
  output: Type.Object({ entity: Type.String(), field_name: Type.String(), values_removed: Type.Integer() }),
  result: 'row',
  sql: 'api.remove_custom_field',
  errors: ['not_found', 'conflict'],
  positional: ['entity', 'field_name'],
  examples: [{ title: 'A field and what it holds', input: { entity: 'employee', field_name: 'badge', with_values: true } }],
});

export const customOperations = [customFields, setCustomField, removeCustomField] as const;
