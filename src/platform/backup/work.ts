/** What is done with backups at somebody's request: one piece at a time, told to everybody who asks (setting `backup.work`). */
import { now } from '../clock/clock.ts';
import { QhError } from '../errors.ts';

export interface Work {
  /** Name of the backup's folder. */
  backup: string;
  kind: 'create' | 'verify';
  state: 'waiting' | 'running' | 'done' | 'failed';
  phase: Phase | null;
  progress_pct: number | null;
  problem: string | null;
  requested_by: string;
  touched_at: string;
}

export type Phase = 'copying' | 'checking' | 'restoring' | 'comparing';

type Query = <T>(text: string, values?: unknown[]) => Promise<T[]>;

const settingName = 'backup.work';
/** Work under way says so every 15 seconds; what was silent for this long ended with its process. */
const silentMs = 120_000;
/** What no worker took up is no longer waited for. */
const waitingMs = 900_000;

/** The last work on each backup, by its name. */
export async function readWork(query: Query): Promise<Map<string, Work>> {
  const [row] = await query<{ value: Record<string, Work> }>('select value from platform.settings where name = $1', [settingName]);
  return new Map(Object.entries(row?.value ?? {}).map(([name, work]) => [name, judged(work)]));
}

function judged(work: Work): Work {
  if (!isUnderWay(work)) return work;
  const silence = now().getTime() - Date.parse(work.touched_at);
  if (work.state === 'running' && silence > silentMs) return { ...work, state: 'failed', problem: 'It ended with the server that did it.' };
  if (work.state === 'waiting' && silence > waitingMs) return { ...work, state: 'failed', problem: 'No worker took it up.' };
  return work;
}

export const isUnderWay = ({ state }: Work): boolean => state === 'waiting' || state === 'running';

/** Notes what is asked for; refused while something else is under way. `known`: the backups that there are, others are forgotten. */
export async function requestWork(
  query: Query,
  { backup, kind, requested_by }: Pick<Work, 'backup' | 'kind' | 'requested_by'>,
  known: ReadonlySet<string>,
): Promise<Work> {
  await query(`insert into platform.settings (name, value, updated_at) values ($1, '{}', platform.now()) on conflict (name) do nothing`, [
    settingName,
  ]);
  // Two who ask at the same moment: the second waits here and then finds the first one's.
  await query('select value from platform.settings where name = $1 for update', [settingName]);
  const present = await readWork(query);
  const busy = [...present.values()].find(isUnderWay);
  if (busy !== undefined)
    throw new QhError('conflict', `The backup ${busy.backup} is being ${busy.kind === 'create' ? 'made' : 'verified'}.`, {
      hint: 'Wait until it is done; admin.backups shows how far it is.',
    });
  const work: Work = {
    backup,
    kind,
    state: 'waiting',
    phase: null,
    progress_pct: null,
    problem: null,
    requested_by,
    touched_at: now().toISOString(),
  };
  const kept = [...present].filter(([name]) => known.has(name));
  await query('update platform.settings set value = $2, updated_at = platform.now() where name = $1', [
    settingName,
    JSON.stringify(Object.fromEntries([...kept, [backup, work]])),
  ]);
  return work;
}

export async function changeWork(
  query: Query,
  backup: string,
  change: Partial<Pick<Work, 'kind' | 'state' | 'phase' | 'progress_pct' | 'problem'>>,
): Promise<void> {
  await query(
    `update platform.settings set value = jsonb_set(value, array[$2], (value -> $2) || $3), updated_at = platform.now()
     where name = $1 and value ? $2`,
    [settingName, backup, JSON.stringify({ ...change, touched_at: now().toISOString() })],
  );
}

/** What the makers of a backup tell (`copying out: 34 % · …`) as phase and share. */
export function readTold(text: string): Pick<Work, 'phase' | 'progress_pct'> {
  const percent = /: (\d+) %/.exec(text)?.[1];
  const phases: readonly [string, Phase][] = [
    ['copying', 'copying'],
    ['checking', 'checking'],
    ['comparing', 'comparing'],
  ];
  return {
    phase: phases.find(([start]) => text.startsWith(start))?.[1] ?? 'restoring',
    progress_pct: percent === undefined ? null : Number(percent),
  };
}
