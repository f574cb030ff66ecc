import { applyRetention } from '../rooms/statistics/retention.ts';
import type { System } from './system.ts';

/** What should be done regularly and can be done at any time: fold touched buckets, partitions ahead, statistics, retention. */
export async function maintain({ db }: Pick<System, 'db'>): Promise<string> {
  await db.query('select statistics.maintain()');
  const months = await applyRetention(db);
  return `touched buckets folded, partitions made ahead, planner statistics refreshed, ${months === 0 ? 'nothing to let go of' : `detail of ${months} months let go of`}`;
}
