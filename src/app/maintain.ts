import type { System } from './system.ts';

/** What should be done regularly and can be done at any time: fold touched buckets, partitions ahead, statistics. */
export async function maintain({ db }: Pick<System, 'db'>): Promise<string> {
  await db.query('select statistics.maintain()');
  return 'touched buckets folded, partitions made ahead, planner statistics refreshed';
}
