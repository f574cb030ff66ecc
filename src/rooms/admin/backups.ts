import path from 'node:path';
import { describeBackup } from '../../platform/backup/describe.ts';
import { backupsIn } from '../../platform/backup/open.ts';
import { requestedJobName, type Requested } from '../../platform/backup/requested.ts';
import { stamp } from '../../platform/backup/retention.ts';
import { homeOf } from '../../platform/backup/state.ts';
import { readWork, requestWork, type Work } from '../../platform/backup/work.ts';
import { now } from '../../platform/clock/clock.ts';
import { implement, type Context, type Implemented } from '../../platform/contract/implement.ts';
import type { OutputOf } from '../../platform/contract/operation.ts';
import { pageOf } from '../../platform/contract/page.ts';
import { QhError } from '../../platform/errors.ts';
import { backups, createBackup, verifyBackup } from './contract.ts';

type Backup = OutputOf<typeof createBackup>;

/** The operations on backups; a job does the work, so that no request waits for a database to be copied. */
export function backupOperations(): Implemented[] {
  return [
    implement(backups, async (page, context) => pageOf(backups, await list(context), page)),
    implement(createBackup, ({ verify = true }, context) => ask(context, { backup: stamp(now()), make: true, verify })),
    implement(verifyBackup, async ({ backup }, context) => {
      const known = (await list(context)).some((one) => one.backup === backup && (one.bytes !== null || one.is_encrypted));
      if (!known) throw new QhError('not_found', `There is no backup ${backup}.`, { hint: 'admin.backups lists them.' });
      return ask(context, { backup, make: false, verify: true });
    }),
  ];
}

async function ask({ db, config, principal, jobs, effect }: Context, wanted: Requested): Promise<Backup> {
  const folder = await homeOf(db.query.bind(db), config);
  const known = new Set((await backupsIn(folder)).map((place) => path.basename(place)));
  return effect(async (tx) => {
    const query = tx.query.bind(tx);
    const work = await requestWork(query, { backup: wanted.backup, kind: wanted.make ? 'create' : 'verify', requested_by: principal.id }, known);
    await jobs.send(requestedJobName, wanted, tx);
    const present = known.has(wanted.backup) ? await described(path.join(folder, wanted.backup)) : unmade(folder, work);
    return withWork(present, work);
  });
}

async function list({ db, config }: Pick<Context, 'db' | 'config'>): Promise<Backup[]> {
  const query = db.query.bind(db);
  const folder = await homeOf(query, config);
  const [found, work] = await Promise.all([backupsIn(folder).then((places) => Promise.all(places.map(described))), readWork(query)]);
  const names = new Set(found.map(({ backup }) => backup));
  // What is made now, or could not be made, has no folder yet.
  const others = [...work.values()].filter(({ backup, state }) => !names.has(backup) && state !== 'done').map((one) => unmade(folder, one));
  return [...found, ...others].map((backup) => withWork(backup, work.get(backup.backup)));
}

async function described(place: string): Promise<Backup> {
  const { backup, created_at, release, rows, bytes, state, verified_at } = await describeBackup(place);
  const nothing = { phase: null, progress_pct: null, problem: null } as const;
  return {
    backup: path.basename(backup),
    folder: backup,
    created_at,
    release,
    rows,
    bytes,
    is_encrypted: state === 'encrypted',
    verified_at,
    state: state === 'damaged' ? 'damaged' : 'complete',
    ...nothing,
  };
}

function unmade(folder: string, { backup, touched_at }: Work): Backup {
  return {
    backup,
    folder: path.join(folder, backup),
    created_at: touched_at,
    release: null,
    rows: null,
    bytes: null,
    is_encrypted: false,
    verified_at: null,
    state: 'waiting',
    phase: null,
    progress_pct: null,
    problem: null,
  };
}

function withWork(backup: Backup, work: Work | undefined): Backup {
  if (work === undefined || work.state === 'done') return backup;
  const { state, kind, phase, progress_pct, problem } = work;
  const shown = state === 'running' ? (kind === 'create' ? 'making' : 'verifying') : state;
  return { ...backup, state: shown, phase, progress_pct, problem };
}
