import Type from 'typebox';
import { defineOperation, Nullable } from '../../platform/contract/operation.ts';

/** Roles, and the operations and scopes that they are about. */

const RoleRecord = Type.Object({
  role: Type.String(),
  title: Type.String(),
  scopes: Type.Array(Type.String(), { description: 'what the role may do' }),
  aliases: Type.Array(Type.String(), { description: 'other names by which it can be given' }),
});

export const roles = defineOperation({
  name: 'admin.roles',
  summary: 'Roles and what each may do',
  scope: 'admin:read',
  method: 'GET',
  path: '/api/v1/admin/roles',
  input: Type.Object({}),
  output: RoleRecord,
  result: 'rows',
  examples: [{ title: 'All roles', input: {} }],
});

export const updateRole = defineOperation({
  name: 'admin.update_role',
  summary: 'Change what a role may do; at work everywhere within two seconds',
  description: 'The role admin keeps admin:read and admin:write. What no role holds, nobody may do.',
  scope: 'admin:write',
  changesAll: true,
  method: 'PATCH',
  path: '/api/v1/admin/roles/{role}',
  input: Type.Object({
    role: Type.String({ minLength: 1, maxLength: 40 }),
    scopes: Type.Optional(Type.Array(Type.String(), { maxItems: 100, description: 'all scopes that it shall have' })),
    title: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  }),
  output: RoleRecord,
  result: 'row',
  positional: ['role'],
  errors: ['not_found'],
  examples: [
    {
      title: 'Analysts may import',
      input: { role: 'analyst', scopes: ['org:read', 'statistics:read', 'ingest:read', 'ingest:write', 'people:read'] },
    },
  ],
});

export const allOperations = defineOperation({
  name: 'admin.operations',
  summary: 'Every operation with the scope that it asks for',
  description: 'What a key can be limited to, and what there is to give to a role.',
  scope: 'admin:read',
  method: 'GET',
  path: '/api/v1/admin/operations',
  input: Type.Object({}),
  output: Type.Object({
    operation: Type.String(),
    summary: Type.String(),
    scope: Nullable(Type.String({ description: 'self: everybody who is known; null: nobody needs a key' })),
  }),
  result: 'rows',
  examples: [{ title: 'All of them', input: {} }],
});

export const operations = [roles, updateRole, allOperations];
