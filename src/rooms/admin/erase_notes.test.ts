import { appendFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { id } from '../../../test/fixtures/marketplace.ts';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';
import { jobDefinitions } from '../../app/catalogue.ts';
import { jobDoer } from '../../platform/jobs/jobs.ts';
import { erasuresSince, noteErasure, noteIntended } from '../../platform/personal/erasure_list.ts';

/** Every erasure that holds stands in the list beside the database, so that whoever restores an older backup is told of it. */

let qh: TestSystem;
beforeAll(async () => {
  qh = await openTestSystem({ data: 'small' });
});
afterAll(() => qh.close());

const dataDir = () => qh.system.config.dataDir;
const lines = async () => (await readFile(path.join(dataDir(), 'erasures'), 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');
const since = (moment: string) => erasuresSince(moment, [dataDir()]);
const nameOf = async (employeeId: number) =>
  (await qh.test.owner.query<{ name: string }>('select last_name as name from org.employees where employee_id = $1', [employeeId]))[0]!.name;
const erase = (employeeId: number) => qh.send('POST', '/api/v1/admin/people/erase', { employee_id: employeeId, confirm: 'erase' });
const perhaps = (who: string) => expect.stringMatching(new RegExp(`^perhaps erased after this backup.*${who} .*erase again$`));
const surely = (who: string) => expect.stringMatching(new RegExp(`^erased after this backup.*${who} .*; erase again$`));

/** What writes a row of the audit that says so fails when it commits. */
async function failingCommits(condition: string, work: () => Promise<void>): Promise<void> {
  await qh.test.owner.query(
    `create function org.fail_commit() returns trigger language plpgsql as $$ begin raise exception 'no commit today'; end $$;
     create constraint trigger fail_commit after update on org.employees deferrable initially deferred
     for each row when (${condition}) execute function org.fail_commit()`,
  );
  await work();
  await qh.test.owner.query('drop trigger fail_commit on org.employees; drop function org.fail_commit()');
}

describe('an erasure', () => {
  test('is noted by ids and moments alone, before it commits and once it holds, and is told of once', async () => {
    expect((await erase(4)).status).toBe(200);
    const notes = (await lines()).map((line) => JSON.parse(line) as Record<string, unknown>);
    const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(notes).toEqual([
      { erased_at: moment, employee_id: 4, user_id: null, is_intended: true },
      { erased_at: moment, employee_id: 4, user_id: null, noted_at: moment },
    ]);
    expect(await since('2020-01-01')).toEqual([surely('employee_id 4')]);
    expect(await since('2999-01-01')).toEqual([]);
  });

  test('is in the list before its commit, so that a process that dies with it loses no note', async () => {
    await failingCommits('new.employee_id = 3', async () => {
      expect((await erase(3)).status).toBe(500);
    });
    expect(await nameOf(3)).not.toBe('erased');
    expect(await since('2020-01-01')).toEqual([surely('employee_id 4'), perhaps('employee_id 3')]);
    expect((await erase(3)).status).toBe(200);
    expect(await since('2020-01-01')).toEqual([surely('employee_id 4'), surely('employee_id 3')]);
  });

  test('that is refused is not noted', async () => {
    const before = await lines();
    expect((await erase(999_999)).status).toBe(404);
    expect(await lines()).toEqual(before);
  });

  test('of a client of the marketplace is noted in the same way', async () => {
    await qh.test.owner.query(`insert into marketplace.usuarios (id, nombre, rol) values ($1, 'Zoraida', 'CLIENT')`, [id('c', 8)]);
    const erased = await qh.send('POST', '/api/v1/marketplace/people/erase', { usuario_id: id('c', 8), confirm: 'erase' });
    expect(erased.status, JSON.stringify(erased.body)).toBe(200);
    expect((await lines()).slice(-2)).toEqual([expect.stringContaining('"is_intended":true'), expect.stringContaining('"noted_at":')]);
    expect(await since('2020-01-01')).toContainEqual(surely(`usuario_id ${id('c', 8)}`));
  });
});

describe('the list', () => {
  const [early, middle, late] = ['2098-01-01T00:00:00.000Z', '2098-01-01T00:10:00.000Z', '2098-01-01T02:00:00.000Z'];
  const person = { erased_at: early, employee_id: 90, user_id: null };

  test('names an erasure whose end was not noted for a backup that may have been made before its commit', async () => {
    await noteIntended(qh.system.config, person);
    expect(await since(middle)).toEqual([perhaps('employee_id 90')]);
    expect(await since(late)).toEqual([]);
  });

  test('is read past a line that was cut off, and keeps the ones behind it', async () => {
    await appendFile(path.join(dataDir(), 'erasures'), '\n{"erased_at":"2098-0');
    // A backup of the minute between the erasure and its commit holds the person.
    const config = qh.system.config;
    await noteErasure(config, person);
    await appendFile(path.join(dataDir(), 'erasures'), `\n${JSON.stringify({ ...person, employee_id: 91, noted_at: middle })}`);
    expect(await since('2098-01-01T00:05:00.000Z')).toEqual([surely('employee_id 91')]);
  });
});

describe('the nightly job', () => {
  const run = async () => {
    const job = jobDefinitions.find(({ name }) => name === 'admin.retention')!;
    const { log, config, jobs } = qh.system;
    await job.run({}, { db: qh.test.db, log, config, jobs, signal: new AbortController().signal, doer: jobDoer(job.name) });
  };

  test('notes whom it erases; one who cannot be erased keeps nobody else, and the job says so', async () => {
    for (const one of [1, 2]) await qh.send('POST', `/api/v1/org/employees/${one}/dismiss`, { leave_date: '2025-03-01' });
    await qh.send('PATCH', '/api/v1/admin/retention', { former_employees: 30 });
    await failingCommits('new.employee_id = 1', async () => {
      await expect(run()).rejects.toThrow(/^1 former employees could not be erased: .*no commit today/);
    });
    expect([await nameOf(1), await nameOf(2)]).toEqual([expect.not.stringMatching(/^erased$/), 'erased']);
    const told = await since('2020-01-01');
    expect(told).toContainEqual(surely('employee_id 2'));
    expect(told).toContainEqual(perhaps('employee_id 1'));
    await run();
    expect(await nameOf(1)).toBe('erased');
    expect(await since('2020-01-01')).toContainEqual(surely('employee_id 1'));
    const noted = (await lines()).length;
    await run();
    expect(await lines()).toHaveLength(noted);
  });
});
