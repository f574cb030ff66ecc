/** Which scheduled backups stay: the newest of each of the last days and of the last weeks. What a person made is never touched. */
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { backupsIn, madeAt } from './open.ts';

export const scheduledPrefix = 'daily-';

/** `20250303T033000Z`, for names. */
export function stamp(moment: Date): string {
  return moment.toISOString().replaceAll(/[-:]|\.\d+/g, '');
}

/** Given moments in milliseconds, those to keep: the newest per UTC day for the last `daily` days that have one, likewise per ISO week. */
export function kept(moments: readonly number[], daily: number, weekly: number): Set<number> {
  const newestFirst = moments.toSorted((a, b) => b - a);
  const pick = (count: number, periodOf: (moment: number) => number): number[] => {
    const newest = new Map<number, number>();
    for (const moment of newestFirst) if (!newest.has(periodOf(moment))) newest.set(periodOf(moment), moment);
    return [...newest.values()].slice(0, count);
  };
  const day = (moment: number): number => Math.floor(moment / 86_400_000);
  // Day 0 was a Thursday; ISO weeks begin on Monday.
  const week = (moment: number): number => Math.floor((day(moment) + 3) / 7);
  return new Set([...pick(daily, day), ...pick(weekly, week)]);
}

/** Removes what is beyond the rule; answers the folders that went. */
export async function removeOld(parent: string, daily: number, weekly: number): Promise<string[]> {
  const scheduled = (await backupsIn(parent)).filter((folder) => path.basename(folder).startsWith(scheduledPrefix));
  const moments = new Map(await Promise.all(scheduled.map(async (folder) => [folder, await madeAt(folder)] as const)));
  const stay = kept([...moments.values()], daily, weekly);
  const gone = scheduled.filter((folder) => !stay.has(moments.get(folder) ?? 0));
  for (const folder of gone) {
    // First out of sight, so that a backup half removed is never taken for one.
    const hidden = path.join(parent, `.${path.basename(folder)}.removed`);
    await rename(folder, hidden);
    await rm(hidden, { recursive: true, force: true });
  }
  return gone;
}
