import { createHmac, timingSafeEqual } from 'node:crypto';
import { appendFile, readFile } from 'node:fs/promises';
import type { Db } from '../db/pool.ts';

export interface AuditVerdict {
  is_intact: boolean;
  rows: number;
  checkpoints: number;
  first_problem_seq: number | null;
  problem: string | null;
}

interface Head {
  seq: number;
  hash: Buffer;
}

/**
 * The audit as a whole. Its chain shows any change of a row; who could write a whole new chain is found by the checkpoints:
 * heads sealed with a key that the database does not have, kept there and in a file beside it.
 */
export class Audit {
  readonly #db: Db;
  readonly #key: Buffer;
  readonly #file: string | null;

  constructor(db: Db, secretKey: string, file: string | null) {
    this.#db = db;
    this.#key = createHmac('sha256', secretKey).update('audit checkpoints').digest();
    this.#file = file;
  }

  #seal({ seq, hash }: Head): Buffer {
    return createHmac('sha256', this.#key)
      .update(`${seq} ${hash.toString('hex')}`)
      .digest();
  }

  /** Seals the present head; nothing when it is sealed already or there is none. */
  async checkpoint(): Promise<number | null> {
    const [head] = await this.#db.query<Head>('select seq, hash from platform.audit_head where seq > 0');
    if (head === undefined) return null;
    const rows = await this.#db.query(
      `insert into platform.audit_checkpoints (seq, hash, seal, at) values ($1, $2, $3, platform.now()) on conflict (seq) do nothing returning seq`,
      [head.seq, head.hash, this.#seal(head)],
    );
    if (rows.length === 0) return null;
    if (this.#file !== null)
      await appendFile(this.#file, `${head.seq} ${head.hash.toString('hex')} ${this.#seal(head).toString('hex')}\n`, { mode: 0o600 });
    return head.seq;
  }

  /** Computes the chain anew and compares it with the sealed heads. */
  async verify(): Promise<AuditVerdict> {
    const [count] = await this.#db.query<{ rows: number }>('select count(*)::int as rows from platform.audit_log');
    const [broken] = await this.#db.query<{ seq: number; problem: string }>('select seq, problem from platform.audit_problems() limit 1');
    const sealed = [...(await this.#sealedInDatabase()), ...(await this.#sealedInFile())];
    let fitting = 0;
    let first = broken === undefined ? null : { seq: broken.seq, problem: broken.problem };
    for (const { head, isSealed } of sealed) {
      const [row] = await this.#db.query<{ hash: Buffer }>('select hash from platform.audit_log where seq = $1', [head.seq]);
      const problem = !isSealed
        ? 'its checkpoint is not one of ours'
        : row === undefined || !row.hash.equals(head.hash)
          ? 'it is not the row that was sealed'
          : null;
      if (problem === null) fitting++;
      else if (first === null || head.seq < first.seq) first = { seq: head.seq, problem };
    }
    return {
      is_intact: first === null,
      rows: count!.rows,
      checkpoints: fitting,
      first_problem_seq: first?.seq ?? null,
      problem: first?.problem ?? null,
    };
  }

  async #sealedInDatabase() {
    const rows = await this.#db.query<Head & { seal: Buffer }>('select seq, hash, seal from platform.audit_checkpoints order by seq');
    return rows.map((row) => this.#judge(row, row.seal));
  }

  async #sealedInFile() {
    const text = this.#file === null ? '' : await readFile(this.#file, 'utf8').catch(() => '');
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const [seq, hash, seal] = line.split(' ');
        return this.#judge({ seq: Number(seq), hash: Buffer.from(hash ?? '', 'hex') }, Buffer.from(seal ?? '', 'hex'));
      });
  }

  #judge({ seq, hash }: Head, seal: Buffer) {
    const expected = this.#seal({ seq, hash });
    return { head: { seq, hash }, isSealed: seal.length === expected.length && timingSafeEqual(seal, expected) };
  }
}
