import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/database.ts';
import type { Tx } from '../db/pool.ts';
import { appendAudit } from './append.ts';
import { Audit } from './audit.ts';
import { changedFields, shownValue } from './shown.ts';

let database: TestDatabase;
const rows = 40;
const doer = { kind: 'key', id: 'k1', name: 'Some key' } as const;
const entry = (n: number) => ({
  operation: `org.change_${n % 5}`,
  object: `service_id=${n}`,
  before: { a: n, b: 'ö' },
  after: { a: n + 1 },
  requestId: `r${n}`,
});

beforeAll(async () => {
  database = await testDatabase();
  for (let n = 1; n <= rows; n++) await database.db.transaction((tx) => appendAudit(tx, doer, entry(n)));
});

const problems = (tx: Pick<Tx, 'query'>) => tx.query<{ seq: number; problem: string }>('select seq, problem from platform.audit_problems()');
/** As somebody who owns the table and knows how to switch its trigger off; taken back afterwards. */
const asForger = <T>(work: (tx: Tx) => Promise<T>) =>
  database.inTransaction(async (tx) => {
    await tx.query('alter table platform.audit_log disable trigger user');
    return work(tx);
  }, 'owner');

describe('the chain', () => {
  test('of honest rows holds', async () => {
    expect(await problems(database.db)).toEqual([]);
  });

  test('stays whole when many write at the same moment', async () => {
    await Promise.all(Array.from({ length: 60 }, (_, n) => database.db.transaction((tx) => appendAudit(tx, doer, entry(n)))));
    expect(await problems(database.db)).toEqual([]);
    const [head] = await database.db.query('select h.seq, (select count(*)::int from platform.audit_log) as count from platform.audit_head h');
    expect(head).toEqual({ seq: rows + 60, count: rows + 60 });
  });

  test('has no row of a transaction that failed', async () => {
    const failed = database.db.transaction(async (tx) => {
      await appendAudit(tx, doer, entry(1));
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await database.db.query('select count(*)::int as count from platform.audit_log')).toEqual([{ count: rows + 60 }]);
  });

  const texts = ['principal_kind', 'principal_id', 'principal_name', 'operation', 'object', 'request_id'] as const;
  const changes: fc.Arbitrary<{ column: string; change: string }> = fc.oneof(
    fc.record({ column: fc.constantFrom(...texts), change: fc.nat(30) }).map(({ column, change }) => ({
      column,
      change: `overlay(${column} placing chr(ascii(substr(${column}, ${change} % length(${column}) + 1, 1)) # 1) from ${change} % length(${column}) + 1 for 1)`,
    })),
    fc
      .record({ column: fc.constantFrom('before', 'after'), change: fc.integer() })
      .map(({ column, change }) => ({ column, change: `jsonb_set(${column}, '{a}', '${change}.5')` })),
    fc.constantFrom('before', 'after', 'object', 'request_id', 'principal_name').map((column) => ({ column, change: 'null' })),
    fc.constant({ column: 'at', change: `at + interval '1 microsecond'` }),
    fc
      .record({ column: fc.constantFrom('hash', 'previous_hash'), bit: fc.nat(255) })
      .map(({ column, bit }) => ({ column, change: `set_bit(${column}, ${bit}, 1 - get_bit(${column}, ${bit}))` })),
  );
  test('shows any changed byte of any field, and names the row', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: rows }), changes, async (seq, { column, change }) => {
        const found = await asForger(async (tx) => {
          await tx.query(`update platform.audit_log set ${column} = ${change} where seq = $1`, [seq]);
          return problems(tx);
        });
        expect(found[0]?.seq, `${column} = ${change}`).toBe(seq);
      }),
      { numRuns: 150, seed: 20_250_312 },
    );
  });

  test('shows a row that was deleted, inserted or moved, the first and the last one too', async () => {
    const after = async (statement: string) => (await asForger(async (tx) => (await tx.query(statement), problems(tx))))[0];
    expect(await after('delete from platform.audit_log where seq = 7')).toMatchObject({ seq: 8, problem: 'rows are missing between 6 and 8' });
    expect(await after('delete from platform.audit_log where seq = 1')).toMatchObject({ seq: 2 });
    expect(await after(`delete from platform.audit_log where seq = ${rows + 60}`)).toMatchObject({ seq: rows + 60 });
    expect(
      await after(
        `update platform.audit_log set seq = 1000 where seq = 5; update platform.audit_log set seq = 5 where seq = 6; update platform.audit_log set seq = 6 where seq = 1000`,
      ),
    ).toMatchObject({ seq: 5 });
    expect(
      await after(
        `insert into platform.audit_log select ${rows + 61}, at, principal_kind, principal_id, principal_name, operation, object, before, after, request_id, hash, hash from platform.audit_log where seq = ${rows + 60}`,
      ),
    ).toMatchObject({ seq: rows + 60 });
  });
});

describe('the audit', () => {
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => 'allowed',
      (error: { code?: string }) => error.code,
    );

  test('is written by one function alone, and changed by nobody', async () => {
    for (const statement of [
      'delete from platform.audit_log',
      `update platform.audit_log set operation = 'x'`,
      `insert into platform.audit_log (seq, at, principal_kind, principal_id, operation, previous_hash, hash) values (9999, now(), 'key', 'k', 'x', '', '')`,
      'update platform.audit_head set seq = 0',
      'delete from platform.audit_checkpoints',
    ])
      expect(await refusal(database.db.query(statement)), statement).toBe('42501');
    for (const statement of ['delete from platform.audit_log', `update platform.audit_log set operation = 'x'`, 'truncate platform.audit_log'])
      expect(await refusal(database.owner.query(statement)), statement).toBe('QH403');
  });

  test('that somebody computed anew as a whole does not fit its sealed checkpoints', async () => {
    const file = path.join(tmpdir(), `audit-checkpoints-${process.pid}`);
    const audit = new Audit(database.db, 'secret', file);
    expect(await audit.checkpoint()).toBe(rows + 60);
    expect(await audit.checkpoint()).toBeNull();
    expect(await audit.verify()).toEqual({ is_intact: true, rows: rows + 60, checkpoints: 2, first_problem_seq: null, problem: null });
    await database.owner.query(`
      alter table platform.audit_log disable trigger user;
      do $$
      declare r platform.audit_log; v_hash bytea;
      begin
        update platform.audit_log set operation = 'org.nothing' where seq = 50;
        select previous_hash into v_hash from platform.audit_log where seq = 50;
        for r in select * from platform.audit_log where seq >= 50 order by seq loop
          r.previous_hash := v_hash;
          v_hash := platform.audit_hash(r);
          update platform.audit_log set previous_hash = r.previous_hash, hash = v_hash where seq = r.seq;
        end loop;
        update platform.audit_head set hash = v_hash;
      end $$;`);
    expect(await problems(database.db)).toEqual([]);
    expect(await audit.verify()).toMatchObject({ is_intact: false, first_problem_seq: rows + 60, problem: 'it is not the row that was sealed' });
    await database.owner.query('delete from platform.audit_checkpoints');
    expect(await audit.verify()).toMatchObject({ is_intact: false, checkpoints: 0, first_problem_seq: rows + 60 });
    await rm(file);
  });
});

describe('what the audit holds of a value', () => {
  test('no secrets, no personal data, no long lists and texts', () => {
    const value = {
      name: 'x',
      password: 'p',
      token: 't',
      key: 'k',
      email: 'a@b.c',
      phone: null,
      rows: Array.from({ length: 51 }, () => 1),
      list: [{ secret: 's', email: 'd@e.f' }],
    };
    expect(shownValue(value, new Set(['email', 'phone']))).toEqual({
      name: 'x',
      email: '***',
      phone: null,
      rows: { count: 51 },
      list: [{ email: '***' }],
    });
    expect(shownValue({ text: 'x'.repeat(600) }, new Set())).toEqual({ text: `${'x'.repeat(500)}…` });
  });

  test('of a change, the fields that differ', () => {
    expect(changedFields({ a: 1, b: 2, updated_at: 1 }, { a: 1, b: 3, updated_at: 2 })).toEqual({ before: { b: 2 }, after: { b: 3 } });
    expect(changedFields({ a: 1 }, null)).toEqual({ before: { a: 1 }, after: null });
  });
});
