import Type from 'typebox';
import { roles } from '../../platform/auth/principal.ts';
import { defineOperation, Moment, Nullable } from '../../platform/contract/operation.ts';

const Role = Type.Enum([...roles]);

const Caller = Type.Object({
  kind: Type.Enum(['key', 'session', 'local']),
  id: Type.String({ description: 'Id of the key' }),
  name: Type.String(),
  role: Role,
  scopes: Type.Array(Type.String()),
});

export const whoami = defineOperation({
  name: 'admin.whoami',
  summary: 'Who is calling, and what they may do',
  scope: 'org:read',
  method: 'GET',
  path: '/api/v1/admin/whoami',
  input: Type.Object({}),
  output: Caller,
  result: 'row',
  examples: [{ title: 'Ask who I am', input: {} }],
});

export const keys = defineOperation({
  name: 'admin.keys',
  summary: 'List the API keys; never their secrets',
  scope: 'admin:read',
  method: 'GET',
  path: '/api/v1/admin/keys',
  input: Type.Object({}),
  output: Type.Object({
    key_id: Type.String(),
    name: Type.String(),
    role: Role,
    created_by: Type.String(),
    created_at: Moment('When the key was made'),
    expires_at: Nullable(Moment('When it stops working')),
    revoked_at: Nullable(Moment('When it was revoked')),
    last_used_at: Nullable(Moment('When it was last used, within a minute')),
  }),
  result: 'list',
  key: ['key_id'],
  examples: [{ title: 'List all keys', input: {} }],
});

export const createKey = defineOperation({
  name: 'admin.create_key',
  summary: 'Make an API key; the answer is the only time that it can be seen',
  scope: 'admin:write',
  method: 'POST',
  path: '/api/v1/admin/keys',
  status: 201,
  input: Type.Object({
    name: Type.String({ minLength: 1, maxLength: 200, description: 'What or whom the key is for' }),
    role: Role,
    expires_at: Type.Optional(Moment('When it stops working; never when left out')),
  }),
  output: Type.Object({ key_id: Type.String(), key: Type.String({ description: 'qh_<id>_<secret>' }) }),
  result: 'row',
  positional: ['name'],
  examples: [{ title: 'A key for a dashboard', input: { name: 'Wallboard', role: 'viewer' }, skip: 'the answer is a new secret each time' }],
});

export const revokeKey = defineOperation({
  name: 'admin.revoke_key',
  summary: 'Revoke an API key, now and for good',
  scope: 'admin:write',
  method: 'DELETE',
  path: '/api/v1/admin/keys/{key_id}',
  input: Type.Object({ key_id: Type.String({ description: 'The part between qh_ and the second underscore' }) }),
  output: Type.Object({ key_id: Type.String(), revoked: Type.Boolean() }),
  result: 'row',
  positional: ['key_id'],
  errors: ['not_found'],
  examples: [{ title: 'Revoke a key', input: { key_id: '0123456789ab' }, skip: 'revokes the key that is named' }],
});

export const operations = [whoami, keys, createKey, revokeKey];
export const sqlOnly: Record<string, string> = {};
