import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations, sqlOnly } from '../src/app/catalogue.ts';
import { referencePages } from '../src/app/reference.ts';
import { isWrite } from '../src/platform/audit/trail.ts';
import { addressOf } from '../src/platform/contract/client.ts';
import { cliArguments } from '../src/platform/contract/example.ts';
import { fullInput, pathInputs, type AnyOperation } from '../src/platform/contract/operation.ts';
import { openTestSystem, type TestSystem } from './system.ts';

/** The contract holds in both directions: what it says exists, and nothing public exists outside it. */

let system: TestSystem;
let analystKey: string;
beforeAll(async () => {
  system = await openTestSystem({ data: 'small' });
  analystKey = (await system.system.keys.create({ name: 'analyst', role: 'analyst', created_by: 'test' })).key;
});
afterAll(() => system.close());

type Schema = { type?: string; format?: string; anyOf?: Schema[]; enum?: unknown[]; items?: Schema; const?: unknown };

/** Which PostgreSQL types may stand behind a field. */
function sqlTypes(schema: Schema): string[] {
  if (schema.anyOf !== undefined) return schema.anyOf.filter((part) => part.type !== 'null').flatMap(sqlTypes);
  if (schema.type === 'array') {
    const items = sqlTypes(schema.items ?? {});
    return [...items.map((type) => `${type}[]`), 'jsonb', 'json'];
  }
  if (schema.type === 'object') return ['jsonb', 'json'];
  if (schema.type === 'integer') return ['smallint', 'integer', 'bigint'];
  if (schema.type === 'number') return ['numeric', 'double precision', 'integer', 'bigint'];
  if (schema.type === 'boolean') return ['boolean'];
  if (schema.format === 'date-time') return ['timestamp with time zone'];
  if (schema.format === 'date') return ['date'];
  if (schema.type === 'string' || schema.enum !== undefined || typeof schema.const === 'string')
    return ['text', 'uuid', 'character varying', 'tstzrange'];
  return ['jsonb', 'json', 'text'];
}

interface Argument {
  name: string;
  type: string;
  mode: string;
  has_default: boolean;
}

async function functionsOfApi(): Promise<Map<string, Argument[][]>> {
  const rows = await system.test.owner.query<{ name: string; arguments: Argument[] }>(`
    select 'api.' || p.proname as name,
      coalesce((
        select json_agg(json_build_object(
          'name', coalesce(p.proargnames[a.n], ''),
          'type', format_type(a.type, null),
          'mode', coalesce(p.proargmodes[a.n]::text, 'i'),
          'has_default', coalesce(p.proargmodes[a.n]::text, 'i') = 'i' and a.n > p.pronargs - p.pronargdefaults) order by a.n)
        from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality as a (type, n)), '[]') as arguments
    from pg_proc as p
    where p.pronamespace = 'api'::regnamespace and p.prokind = 'f'`);
  const found = new Map<string, Argument[][]>();
  for (const row of rows) found.set(row.name, [...(found.get(row.name) ?? []), row.arguments]);
  return found;
}

describe('contract and database', () => {
  test('names and routes are unique, lists have keys, scopes belong to a role', async () => {
    expect(new Set(operations.map((operation) => operation.name)).size).toBe(operations.length);
    expect(new Set(operations.map((operation) => `${operation.method} ${operation.path}`)).size).toBe(operations.length);
    expect(
      operations.filter((operation) => operation.result === 'list' && (operation.key ?? []).length === 0).map((operation) => operation.name),
    ).toEqual([]);
    const known = new Set(['self', ...(await system.system.roles.list()).flatMap(({ scopes }) => scopes)]);
    expect(operations.filter((operation) => operation.scope !== null && !known.has(operation.scope)).map((operation) => operation.name)).toEqual([]);
    expect(operations.filter((operation) => operation.examples.length === 0).map((operation) => operation.name)).toEqual([]);
  });

  test('every SQL function behind an operation has the arguments, types, defaults and columns of its contract', async () => {
    const functions = await functionsOfApi();
    const problems: string[] = [];
    for (const operation of operations.filter((entry) => entry.sql !== undefined)) {
      const overloads = functions.get(operation.sql!);
      if (overloads?.length !== 1) {
        problems.push(`${operation.name}: ${operation.sql} exists ${overloads?.length ?? 0} times`);
        continue;
      }
      problems.push(...compareArguments(operation, overloads[0]!).map((problem) => `${operation.name}: ${problem}`));
    }
    expect(problems).toEqual([]);
  });

  test('every function of schema api belongs to one operation or stands in sqlOnly with a reason', async () => {
    const functions = [...(await functionsOfApi()).keys()];
    const used = new Map<string, number>();
    for (const operation of operations) if (operation.sql !== undefined) used.set(operation.sql, (used.get(operation.sql) ?? 0) + 1);
    expect(functions.filter((name) => (used.get(name) ?? 0) + (name in sqlOnly ? 1 : 0) !== 1)).toEqual([]);
    expect(Object.keys(sqlOnly).filter((name) => !functions.includes(name))).toEqual([]);
  });
});

function compareArguments(operation: AnyOperation, found: Argument[]): string[] {
  const { properties, required = [] } = operation.input as unknown as { properties: Record<string, Schema>; required?: string[] };
  const inputs = found.filter((argument) => ['i', 'b', 'v'].includes(argument.mode));
  const outputs = found.filter((argument) => ['o', 't'].includes(argument.mode));
  const problems: string[] = [];
  const wanted = Object.keys(properties).map((name) => `p_${name}`);
  if (
    wanted.toSorted().join() !==
    inputs
      .map((argument) => argument.name)
      .toSorted()
      .join()
  )
    problems.push(`input ${wanted.join(', ')} but SQL takes ${inputs.map((argument) => argument.name).join(', ')}`);
  for (const argument of inputs) {
    const name = argument.name.replace(/^p_/, '');
    const schema = properties[name];
    if (schema === undefined) continue;
    if (!sqlTypes(schema).includes(argument.type))
      problems.push(`${name} is ${argument.type} in SQL, ${JSON.stringify(schema.type ?? schema)} in the contract`);
    if (required.includes(name) === argument.has_default) problems.push(`${name} is ${argument.has_default ? 'optional' : 'required'} in SQL only`);
  }
  const columns = (operation.output as { properties?: Record<string, Schema> }).properties ?? {};
  if (outputs.length > 0) {
    if (Object.keys(columns).join() !== outputs.map((argument) => argument.name).join())
      problems.push(`columns ${Object.keys(columns).join(', ')} but SQL gives ${outputs.map((argument) => argument.name).join(', ')}`);
    for (const argument of outputs) {
      const schema = columns[argument.name];
      if (schema !== undefined && !sqlTypes(schema).includes(argument.type)) problems.push(`column ${argument.name} is ${argument.type} in SQL`);
    }
  }
  return problems;
}

describe('one answer three ways', () => {
  const readable = operations.filter((operation) => operation.method === 'GET' && operation.result !== 'file');
  for (const operation of readable) {
    for (const example of operation.examples.filter((entry) => entry.skip === undefined)) {
      test(`${operation.name}: ${example.title}`, async () => {
        const rest = await system.get(addressOf(operation, example.input as Record<string, unknown>));
        expect(rest.status, JSON.stringify(rest.body)).toBe(200);
        if (operation.name === 'admin.whoami') return;
        const cli = await system.cli([...cliArguments(operation, example).slice(1), '--json']);
        expect(cli.error, cli.error).toBe('');
        expect(withoutUse(JSON.parse(cli.out))).toEqual(withoutUse(rest.body));
        if (operation.sql !== undefined) {
          const sql = await system.sql(operation, example.input as Record<string, unknown>);
          // A SQL login sees personal columns masked, like a caller without that scope.
          const { body } =
            operation.scope === 'people:read' ? await system.get(addressOf(operation, example.input as Record<string, unknown>), analystKey) : rest;
          const items = operation.result === 'list' ? (body as { items: unknown[] }).items : body;
          expect(operation.result === 'row' ? sql[0] : sql).toEqual(items);
        }
      });
    }
  }

  for (const operation of operations.filter((entry) => entry.method !== 'GET' && entry.upload !== true)) {
    for (const example of operation.examples.filter((entry) => entry.skip === undefined)) {
      test(`${operation.name}: ${example.title}`, async () => {
        await using fresh = await openTestSystem({ data: 'small' });
        const input = example.input as Record<string, unknown>;
        const inPath = pathInputs(operation);
        const body = operation.method === 'DELETE' ? undefined : Object.fromEntries(Object.entries(input).filter(([name]) => !inPath.includes(name)));
        const answer = await fresh.send(operation.method, addressOf(operation, input), body);
        expect(answer.status, JSON.stringify(answer.body)).toBe(operation.status ?? 200);
        const trace = await fresh.test.owner.query<{ operation: string; principal_name: string }>(
          'select operation, principal_name from platform.audit_log',
        );
        expect(trace).toEqual(isWrite(operation) ? [{ operation: operation.name, principal_name: 'test' }] : []);
      });
    }
  }
});

/** When a key was last used, and when it was asked, change with every call. */
function withoutUse(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body, (name, value: unknown) => (name === 'last_used_at' || name === 'timestamp' ? null : value)));
}

describe('every operation, hostile or empty', () => {
  for (const operation of operations) {
    test(`${operation.name} refuses unknown fields and callers without a key`, async () => {
      const path = operation.path.replaceAll(/\{(\w+)\}/g, '1');
      const unknown = operation.method === 'GET' || operation.method === 'DELETE' ? `${path}?no_such_field=1` : path;
      const body = operation.method === 'GET' || operation.method === 'DELETE' || operation.upload === true ? undefined : { no_such_field: 1 };
      const refused = await system.send(operation.method, unknown, body);
      expect(refused.status).toBe(400);
      expect(refused.body).toMatchObject({ code: 'bad_request' });
      if (operation.scope !== null) expect((await system.send(operation.method, unknown, body, null)).status).toBe(401);
    });
  }

  test('a GET of a seed answers without parameters', async () => {
    const plain = operations.filter(
      (operation) =>
        operation.method === 'GET' &&
        ((fullInput(operation) as unknown as { required?: string[] }).required ?? []).length === 0 &&
        operation.result !== 'file',
    );
    for (const operation of plain) expect((await system.get(operation.path)).status, operation.name).toBe(200);
  });
});

describe('documentation', () => {
  test('docs/reference is what the contracts print (npm run docs)', () => {
    for (const [name, text] of referencePages()) {
      const file = path.join(import.meta.dirname, '../docs/reference', name);
      expect(existsSync(file) ? readFileSync(file, 'utf8') : '', name).toBe(text);
    }
  });
});
