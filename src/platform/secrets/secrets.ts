import type { Db, Tx } from '../db/pool.ts';
import { QhError } from '../errors.ts';
import { keyIdOf, newKeyId, open, seal } from './envelope.ts';

type Runner = Pick<Tx, 'query'>;

/** Secrets of integrations: put in by name, taken out by the code that needs them, never by an operation. */
export class Secrets {
  readonly #db: Db;
  readonly #secretKey: string;

  constructor(db: Db, secretKey: string) {
    this.#db = db;
    this.#secretKey = secretKey;
  }

  async put(name: string, value: string, by: string, tx: Runner = this.#db): Promise<void> {
    const [one] = await tx.query<{ envelope: Buffer }>('select envelope from platform.secrets order by updated_at desc limit 1');
    const keyId = one === undefined ? newKeyId() : keyIdOf(one.envelope);
    await tx.query(
      `insert into platform.secrets (name, envelope, updated_by, updated_at) values ($1, $2, $3, platform.now())
       on conflict (name) do update set envelope = excluded.envelope, updated_by = excluded.updated_by, updated_at = excluded.updated_at`,
      [name, seal(name, value, this.#secretKey, keyId), by],
    );
  }

  async get(name: string, tx: Runner = this.#db): Promise<string> {
    const [row] = await tx.query<{ envelope: Buffer }>('select envelope from platform.secrets where name = $1', [name]);
    if (row === undefined) throw new QhError('not_found', `There is no secret ${name}.`, { hint: 'Set it where the integration is set up.' });
    return open(name, row.envelope, this.#secretKey);
  }

  async remove(name: string, tx: Runner = this.#db): Promise<void> {
    await tx.query('delete from platform.secrets where name = $1', [name]);
  }

  /** Names and dates; never values. */
  async list(): Promise<{ name: string; key_id: string; updated_by: string; updated_at: Date }[]> {
    return this.#db.query(`select name, encode(substr(envelope, 2, 4), 'hex') as key_id, updated_by, updated_at from platform.secrets order by name`);
  }

  /** Encrypts every secret anew with a new key, all or none; `from`: the secret key that they are encrypted with, when it is another. */
  async rotate(tx: Runner, from = this.#secretKey): Promise<number> {
    const rows = await tx.query<{ name: string; envelope: Buffer }>('select name, envelope from platform.secrets order by name for update');
    const keyId = newKeyId();
    for (const { name, envelope } of rows)
      await tx.query('update platform.secrets set envelope = $2 where name = $1', [
        name,
        seal(name, open(name, envelope, from), this.#secretKey, keyId),
      ]);
    return rows.length;
  }
}
