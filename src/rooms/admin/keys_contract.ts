import Type from 'typebox';
import { defineOperation, Moment, Nullable } from '../../platform/contract/operation.ts';
import { limits, Role, RoleName } from './inputs.ts';

/** Keys of machines. */

const Key = Type.Object({
  key_id: Type.String(),
  name: Type.String(),
  role: Role,
  operations: Nullable(Type.Array(Type.String(), { description: 'the only operations that it may call; null: all of its role' })),
  service_ids: Nullable(Type.Array(Type.Integer(), { description: 'the services that it may see; null: all' })),
  cities: Nullable(Type.Array(Type.String(), { description: 'the cities that it may see; null: all' })),
  team_ids: Nullable(Type.Array(Type.Integer(), { description: 'the departments that it may see; null: all, or none where service_ids are given' })),
  created_by: Type.String(),
  created_at: Moment('When the key was made'),
  expires_at: Nullable(Moment('When it stops working')),
  revoked_at: Nullable(Moment('When it was revoked')),
  last_used_at: Nullable(Moment('When it was last used, within a minute')),
  rotated_from: Nullable(Type.String({ description: 'the key whose successor this is' })),
  overlap_until: Nullable(Moment('Until when it works beside its successor')),
});

export const keys = defineOperation({
  name: 'admin.keys',
  summary: 'List the API keys; never their secrets',
  scope: 'admin:read',
  method: 'GET',
  path: '/api/v1/admin/keys',
  input: Type.Object({}),
  output: Key,
  result: 'list',
  key: ['key_id'],
  examples: [{ title: 'List all keys', input: {} }],
});

const keyLimits = {
  operations: Type.Optional(
    Nullable(Type.Array(Type.String({ minLength: 1 }), { minItems: 1, maxItems: 200, description: 'names of the only operations that it may call' })),
  ),
  cities: Type.Optional(
    Nullable(Type.Array(Type.String({ minLength: 1 }), { maxItems: 1000, description: 'the cities whose sites and people it may see' })),
  ),
  ...limits,
};
const MadeKey = { key_id: Type.String(), key: Type.String({ description: 'qh_<id>_<secret>; shown this once' }) };

export const createKey = defineOperation({
  name: 'admin.create_key',
  summary: 'Make an API key; the answer is the only time that it can be seen',
  scope: 'admin:write',
  method: 'POST',
  path: '/api/v1/admin/keys',
  status: 201,
  input: Type.Object({
    name: Type.String({ minLength: 1, maxLength: 200, description: 'What or whom the key is for' }),
    role: RoleName,
    expires_at: Type.Optional(Moment('When it stops working; never when left out')),
    ...keyLimits,
  }),
  output: Type.Object(MadeKey),
  result: 'row',
  hasSecretAnswer: true,
  positional: ['name'],
  examples: [{ title: 'A key for a dashboard', input: { name: 'Wallboard', role: 'viewer' } }],
});

const KeyId = Type.String({ description: 'The part between qh_ and the second underscore' });

export const updateKey = defineOperation({
  name: 'admin.update_key',
  summary: 'Change what a key is called, may do or may see; its secret stays',
  scope: 'admin:write',
  method: 'PATCH',
  path: '/api/v1/admin/keys/{key_id}',
  input: Type.Object({
    key_id: KeyId,
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    role: Type.Optional(RoleName),
    expires_at: Type.Optional(Nullable(Moment('When it stops working; null: never'))),
    ...keyLimits,
  }),
  output: Type.Object({ key_id: Type.String() }),
  result: 'row',
  positional: ['key_id'],
  errors: ['not_found'],
  examples: [{ title: 'Only one service from now on', input: { key_id: '0123456789ab', service_ids: [1] }, skip: 'changes the key that is named' }],
});

export const rotateKey = defineOperation({
  name: 'admin.rotate_key',
  summary: 'Make a successor of a key; the former works on until the overlap ends',
  scope: 'admin:write',
  method: 'POST',
  path: '/api/v1/admin/keys/{key_id}/rotate',
  status: 201,
  input: Type.Object({
    key_id: KeyId,
    overlap_hours: Type.Optional(Type.Integer({ minimum: 0, maximum: 2160, default: 24, description: 'for how long both work' })),
  }),
  output: Type.Object({ ...MadeKey, overlap_until: Moment('When the former key stops working') }),
  result: 'row',
  hasSecretAnswer: true,
  positional: ['key_id'],
  errors: ['not_found', 'conflict'],
  examples: [{ title: 'A week to change over', input: { key_id: '0123456789ab', overlap_hours: 168 }, skip: 'the answer is a new secret each time' }],
});

export const revokeKey = defineOperation({
  name: 'admin.revoke_key',
  summary: 'Revoke an API key, now and for good',
  scope: 'admin:write',
  method: 'DELETE',
  path: '/api/v1/admin/keys/{key_id}',
  input: Type.Object({ key_id: KeyId }),
  output: Type.Object({ key_id: Type.String(), revoked: Type.Boolean() }),
  result: 'row',
  positional: ['key_id'],
  errors: ['not_found'],
  examples: [{ title: 'Revoke a key', input: { key_id: '0123456789ab' }, skip: 'revokes the key that is named' }],
});

export const operations = [keys, createKey, updateKey, rotateKey, revokeKey];
