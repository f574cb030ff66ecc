import { createHash } from 'node:crypto';
import type { Access } from '../../platform/auth/access.ts';
import { now } from '../../platform/clock/clock.ts';
import { implement, type Context, type Implemented } from '../../platform/contract/implement.ts';
import type { OutputOf } from '../../platform/contract/operation.ts';
import type { Tx } from '../../platform/db/pool.ts';
import { QhError } from '../../platform/errors.ts';
import { erasureKeyOf, useErasureKey, type EraseTraces } from '../../platform/personal/erased.ts';
import { noteErasure, noteIntended } from '../../platform/personal/erasure_list.ts';
import { declarePersonalColumns, eraseEmployee, eraseUser, type PersonalColumn } from '../../platform/personal/registry.ts';
import { changeRetention, readRetention } from '../../platform/personal/retention.ts';
import { erasePerson, retention, setRetention } from './contract.ts';

type Certificate = OutputOf<typeof erasePerson>;

export function eraseOperations(
  { users, sessions }: Pick<Access, 'users' | 'sessions'>,
  columns: readonly PersonalColumn[],
  eraseTraces: EraseTraces,
): Implemented[] {
  return [
    implement(erasePerson, async ({ employee_id, user_id, reason }, { principal, config, jobs, effect }) => {
      if ((employee_id === undefined) === (user_id === undefined)) throw new QhError('bad_request', 'Give employee_id or user_id, one of them.');
      const certificate = await effect(async (tx) => {
        const userId = employee_id === undefined ? user_id! : await userOf(tx, employee_id);
        if (principal.kind === 'user' && principal.id === userId)
          throw new QhError('conflict', 'Nobody can erase themselves.', { hint: 'Ask another administrator.' });
        return erase(tx, { columns, eraseTraces, config, jobs }, { employeeId: employee_id ?? null, userId, reason: reason ?? null });
      });
      await noteErasure(config, certificate);
      users.forget();
      sessions.forget();
      return certificate;
    }),
    implement(retention, (_input, { db }) => readRetention(db)),
    implement(setRetention, (change, { effect }) => effect((tx) => changeRetention(tx, change))),
  ];
}

async function userOf(tx: Tx, employeeId: number): Promise<string | null> {
  const [row] = await tx.query<{ user_id: string | null }>('select e.user_id from org.employee_rows e where e.employee_id = $1', [employeeId]);
  if (row === undefined) throw new QhError('not_found', `There is no employee ${employeeId}.`, { hint: 'org.employees lists them.' });
  return row.user_id;
}

/** What erasing needs besides the database. */
interface Tools extends Pick<Context, 'config' | 'jobs'> {
  columns: readonly PersonalColumn[];
  eraseTraces: EraseTraces;
}

/** Replaces what is personal and gives the certificate of it. */
export async function erase(
  tx: Tx,
  { columns, eraseTraces, config, jobs }: Tools,
  { employeeId, userId, reason }: { employeeId: number | null; userId: string | null; reason: string | null },
): Promise<Certificate> {
  await declarePersonalColumns(tx, columns);
  await useErasureKey(tx, erasureKeyOf(config));
  const traces = await tracesOf(tx, employeeId, userId);
  const values = await eraseTraces(tx, jobs, traces.batch_ids, traces.words);
  const replaced = [
    ...values,
    ...(employeeId === null ? [] : await eraseEmployee(tx, employeeId)),
    ...(userId === null ? [] : await eraseUser(tx, userId)),
  ];
  const certificate = { employee_id: employeeId, user_id: userId, erased_at: now().toISOString(), reason, replaced };
  // At the end, so that what is refused is not noted.
  await noteIntended(config, certificate);
  return { ...certificate, sha256: createHash('sha256').update(JSON.stringify(certificate)).digest('hex') };
}

/** The imports that brought a person, and the words by which they are found where texts are kept; an employee is also remembered as erased. */
async function tracesOf(tx: Tx, employeeId: number | null, userId: string | null): Promise<{ batch_ids: string[]; words: string[] }> {
  const [row] =
    employeeId === null
      ? await tx.query<{ batch_ids: string[]; words: string[] }>(
          `select '{}'::uuid[] as batch_ids, array_remove(array[u.login, u.display_name, u.email], null) as words from platform.users u where u.user_id = $1`,
          [userId],
        )
      : await tx.query<{ batch_ids: string[]; words: string[] }>(
          `select org.batches_of_employee($1) as batch_ids, org.words_of_employee($1) as words, org.mark_erased_employee($1)`,
          [employeeId],
        );
  return row ?? { batch_ids: [], words: [] };
}
