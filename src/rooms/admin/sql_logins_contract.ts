import Type from 'typebox';
import { defineOperation, Moment, Nullable } from '../../platform/contract/operation.ts';
import { limits } from './inputs.ts';

/** SQL logins for people and BI tools. */

const SqlLogin = Type.Object({
  login: Type.String(),
  service_ids: Nullable(Type.Array(Type.Integer(), { description: 'the services that it may see; null: all' })),
  team_ids: Nullable(
    Type.Array(Type.Integer(), { description: 'the departments whose people it may see; null: all, or none where service_ids are given' }),
  ),
  cities: Nullable(Type.Array(Type.String(), { description: 'the cities that it may see; null: all' })),
  created_by: Nullable(Type.String({ description: 'null for our own and for those that a database administrator made' })),
  created_at: Nullable(Moment('When it was made')),
  exists: Type.Boolean({ description: 'whether the database server has the role' }),
  connection_limit: Nullable(Type.Integer({ description: 'connections at once; null: no limit of its own' })),
  statement_timeout_seconds: Nullable(Type.Integer({ description: 'after how many seconds its statements are stopped' })),
  work_mem_mb: Nullable(Type.Integer({ description: 'memory per sort or hash, in megabytes' })),
});

const Login = Type.String({
  pattern: '^(?!qh_|pg_)[a-z][a-z0-9_]{1,61}$',
  description: 'lower case letters, digits and _; not beginning with qh_ or pg_',
});
const KnownLogin = Type.String({ minLength: 1, maxLength: 63, description: 'its name, as admin.sql_logins gives it' });
const wanted = {
  ...limits,
  cities: Type.Optional(Nullable(Type.Array(Type.String({ minLength: 1 }), { maxItems: 1000, description: 'the cities to be seen' }))),
  statement_timeout_seconds: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 3600, description: 'after how many seconds a statement is stopped; 30 when left out' }),
  ),
  connection_limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, description: 'connections at once; 5 when left out' })),
  work_mem_mb: Type.Optional(Type.Integer({ minimum: 1, maximum: 1024, description: 'memory per sort or hash in megabytes; 16 when left out' })),
};

export const sqlLogins = defineOperation({
  name: 'admin.sql_logins',
  summary: 'SQL logins, what each may see, and its limits',
  description: 'A role of the database server that is not listed sees no row, whatever it was granted.',
  scope: 'admin:read',
  method: 'GET',
  path: '/api/v1/admin/sql_logins',
  input: Type.Object({}),
  output: SqlLogin,
  result: 'list',
  key: ['login'],
  examples: [{ title: 'All of them', input: {} }],
});

export const createSqlLogin = defineOperation({
  name: 'admin.create_sql_login',
  summary: 'Make a SQL login that reads the views; the answer is the only time that its password can be seen',
  description:
    'A member of qh_read: it reads the views of schema api, of its services, teams and cities only, with personal data masked, and writes nothing.',
  scope: 'admin:write',
  method: 'POST',
  path: '/api/v1/admin/sql_logins',
  status: 201,
  hasSecretAnswer: true,
  input: Type.Object({ login: Login, ...wanted }),
  output: Type.Object({ login: Type.String(), password: Type.String({ description: 'shown this once' }) }),
  result: 'row',
  positional: ['login'],
  errors: ['not_found', 'conflict', 'forbidden'],
  examples: [
    { title: 'Grafana of one service', input: { login: 'grafana_support', service_ids: [1] }, skip: 'the answer is a new secret each time' },
  ],
});

export const updateSqlLogin = defineOperation({
  name: 'admin.update_sql_login',
  summary: 'Change what a SQL login may see, or its limits',
  description: 'What it may see holds from its next statement on, limits from its next connection. Null takes a narrowing away.',
  scope: 'admin:write',
  method: 'PATCH',
  path: '/api/v1/admin/sql_logins/{login}',
  input: Type.Object({ login: KnownLogin, ...wanted }),
  output: SqlLogin,
  result: 'row',
  positional: ['login'],
  errors: ['not_found', 'conflict', 'forbidden'],
  examples: [
    { title: 'Longer questions', input: { login: 'grafana_support', statement_timeout_seconds: 120 }, skip: 'changes the login that is named' },
  ],
});

export const dropSqlLogin = defineOperation({
  name: 'admin.drop_sql_login',
  summary: 'End a SQL login and its sessions',
  scope: 'admin:write',
  method: 'DELETE',
  path: '/api/v1/admin/sql_logins/{login}',
  input: Type.Object({ login: KnownLogin }),
  output: Type.Object({ login: Type.String() }),
  result: 'row',
  positional: ['login'],
  errors: ['not_found', 'conflict', 'forbidden'],
  examples: [{ title: 'No longer needed', input: { login: 'grafana_support' }, skip: 'ends the login that is named' }],
});

export const operations = [sqlLogins, createSqlLogin, updateSqlLogin, dropSqlLogin];
