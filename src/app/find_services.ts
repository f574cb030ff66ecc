import type { Db } from '../platform/db/pool.ts';
import { QhError } from '../platform/errors.ts';

/** The id behind a service code; null when there is none. */
export async function findService(code: string, db: Pick<Db, 'query'>): Promise<number | null> {
  const [service] = await db.query<{ service_id: number }>('select s.service_id from org.service_settings s where s.service_code = $1', [
    code.trim(),
  ]);
  return service?.service_id ?? null;
}

/** The ids behind service codes. */
export async function findServices(db: Pick<Db, 'query'>, codes: readonly string[]): Promise<number[]> {
  const found: number[] = [];
  for (const code of codes) {
    const id = await findService(code, db);
    if (id === null) throw new QhError('not_found', `There is no service ${code.trim()}.`, { hint: 'List them with: qh org services' });
    found.push(id);
  }
  return found;
}
