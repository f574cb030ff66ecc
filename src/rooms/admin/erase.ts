import { createHash } from 'node:crypto';
import type { Access } from '../../platform/auth/access.ts';
import { now } from '../../platform/clock/clock.ts';
import { implement, type Implemented } from '../../platform/contract/implement.ts';
import type { OutputOf } from '../../platform/contract/operation.ts';
import type { Tx } from '../../platform/db/pool.ts';
import { QhError } from '../../platform/errors.ts';
import { declarePersonalColumns, type Erased, eraseEmployee, eraseUser, type PersonalColumn } from '../../platform/personal/registry.ts';
import { changeRetention, readRetention } from '../../platform/personal/retention.ts';
import { erasePerson, retention, setRetention } from './contract.ts';

type Certificate = OutputOf<typeof erasePerson>;

export function eraseOperations({ users, sessions }: Pick<Access, 'users' | 'sessions'>, columns: readonly PersonalColumn[]): Implemented[] {
  return [
    implement(erasePerson, async ({ employee_id, user_id, reason }, { principal, effect }) => {
      if ((employee_id === undefined) === (user_id === undefined)) throw new QhError('bad_request', 'Give employee_id or user_id, one of them.');
      const certificate = await effect(async (tx) => {
        const userId = employee_id === undefined ? user_id! : await userOf(tx, employee_id);
        if (principal.kind === 'user' && principal.id === userId)
          throw new QhError('conflict', 'Nobody can erase themselves.', { hint: 'Ask another administrator.' });
        return erase(tx, columns, { employeeId: employee_id ?? null, userId, reason: reason ?? null });
      });
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

/** Replaces what is personal and gives the certificate of it. */
export async function erase(
  tx: Tx,
  columns: readonly PersonalColumn[],
  { employeeId, userId, reason }: { employeeId: number | null; userId: string | null; reason: string | null },
): Promise<Certificate> {
  await declarePersonalColumns(tx, columns);
  const values = employeeId === null ? [] : await eraseTraces(tx, employeeId);
  const replaced = [
    ...values,
    ...(employeeId === null ? [] : await eraseEmployee(tx, employeeId)),
    ...(userId === null ? [] : await eraseUser(tx, userId)),
  ];
  const certificate = { employee_id: employeeId, user_id: userId, erased_at: now().toISOString(), reason, replaced };
  return { ...certificate, sha256: createHash('sha256').update(JSON.stringify(certificate)).digest('hex') };
}

/** What imports of people and kept answers still hold of an employee, beside the journal that is a declared column. */
async function eraseTraces(tx: Tx, employeeId: number): Promise<Erased[]> {
  const [row] = await tx.query<{ done: Erased[] }>(
    `select ingest.erase_person(org.batches_of_employee($1), w.words) || platform.forget_answers(w.words) as done from org.words_of_employee($1) w (words)`,
    [employeeId],
  );
  return row!.done;
}
