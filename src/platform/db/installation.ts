import type { Db } from './pool.ts';

/** A name of this database that no other has, made at the first need: several installations may share a Redis. */
export async function installationId(db: Pick<Db, 'query'>): Promise<string> {
  await db.query(
    `insert into platform.settings (name, value, updated_at) values ('installation_id', to_jsonb(gen_random_uuid()), platform.now())
     on conflict (name) do nothing`,
  );
  const [row] = await db.query<{ id: string }>(`select value #>> '{}' as id from platform.settings where name = 'installation_id'`);
  return row!.id;
}
