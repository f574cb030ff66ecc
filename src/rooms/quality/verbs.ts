import { implement, type Implemented } from '../../platform/contract/implement.ts';
import type { JobDefinition } from '../../platform/jobs/jobs.ts';
import { jobs } from './contract.ts';

interface Run {
  name: string;
  started_on: Date | null;
  completed_on: Date | null;
  state: string | null;
  error: string | null;
  waiting: number;
  failed: number;
  next_run_at: Date | null;
}

/** The code behind the operations of this room; `definitions`: the jobs of all rooms. */
export function qualityVerbs(definitions: readonly JobDefinition[]): Implemented[] {
  return [
    implement(jobs, async (_input, { db }) => {
      const names = definitions.map(({ name }) => name);
      const runs = new Map((await db.query<Run>(lastRuns, [names, crons(definitions), zones(definitions)])).map((run) => [run.name, run]));
      return definitions.map((job) => {
        const run = runs.get(job.name);
        return {
          job: job.name,
          summary: job.summary,
          schedule: job.schedule?.cron ?? null,
          time_zone: job.schedule?.timeZone ?? null,
          next_run_at: run?.next_run_at?.toISOString() ?? null,
          last_started_at: run?.started_on?.toISOString() ?? null,
          last_finished_at: run?.completed_on?.toISOString() ?? null,
          last_state: run?.state ?? null,
          last_error: run?.error ?? null,
          waiting: run?.waiting ?? 0,
          failed_in_a_day: run?.failed ?? 0,
        };
      });
    }),
  ];
}

const crons = (definitions: readonly JobDefinition[]) => definitions.map(({ schedule }) => schedule?.cron ?? null);
const zones = (definitions: readonly JobDefinition[]) => definitions.map(({ schedule }) => schedule?.timeZone ?? null);

const lastRuns = `
  select d.name, l.started_on, l.completed_on, l.state, l.error, coalesce(c.waiting, 0) as waiting, coalesce(c.failed, 0) as failed,
    case when d.cron is not null then platform.next_run(d.cron, d.zone, platform.now()) end as next_run_at
  from unnest($1::text[], $2::text[], $3::text[]) as d (name, cron, zone)
  left join lateral (
    select j.started_on, j.completed_on, j.state::text as state,
      case when j.state in ('failed', 'retry') then left(coalesce(j.output ->> 'message', j.output::text), 500) end as error
    from jobs.job j
    where j.name = d.name and j.started_on is not null
    order by j.started_on desc
    limit 1
  ) l on true
  left join lateral (
    select count(*) filter (where j.state in ('created', 'retry'))::int as waiting,
      count(*) filter (where j.state = 'failed' and j.completed_on > platform.now() - interval '1 day')::int as failed
    from jobs.job j
    where j.name = d.name
  ) c on true`;
