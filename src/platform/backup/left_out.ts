/**
 * What of the job queue is kept: queues, schedules and every job that is not finished, so that nothing that was promised is lost. Finished
 * jobs, statistics and warnings of pg-boss are not worth keeping. A job that ran while the snapshot was taken has no effect in it (an
 * effect is one transaction), so a restore lets it run again.
 */
import type { SourceTable } from './snapshot.ts';

const jobsSchema = 'jobs';
const unfinished = `state in ('created', 'retry', 'active')`;

/** Null: the whole table; a condition on its rows otherwise. */
export function conditionOf({ root, columns }: Pick<SourceTable, 'root' | 'columns'>): string | null {
  if (root === `${jobsSchema}.job`) return `${unfinished} and name not like 'backup.%'`;
  if (root === `${jobsSchema}.warning` || root === `${jobsSchema}.queue_stats`) return 'false';
  if (root === `${jobsSchema}.job_dependency` && columns.includes('child_id') && columns.includes('parent_id'))
    return `exists (select from ${jobsSchema}.job j where j.id = child_id and j.${unfinished}) and exists (select from ${jobsSchema}.job j where j.id = parent_id and j.${unfinished})`;
  return null;
}

export const restartJobsSql = `
do $$
begin
  if to_regclass('${jobsSchema}.job') is not null then
    update ${jobsSchema}.job set state = 'retry', started_on = null, retry_limit = greatest(retry_limit, retry_count + 1) where state = 'active';
  end if;
end
$$`;
