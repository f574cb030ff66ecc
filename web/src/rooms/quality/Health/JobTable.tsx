import { useFormat } from '../../../i18n/format.ts';
import { isMessageKey, useText } from '../../../i18n/text.ts';
import { Status, type Tone } from '../../../kit/states/Status.tsx';
import { type Job, here } from '../health_queries.ts';
import { Said } from './Said.tsx';
import style from './Health.module.css';

const tones: Record<string, Tone> = { completed: 'good', active: 'busy', failed: 'bad', retry: 'risk' };

export function JobTable({ jobs }: { jobs: Job[] }) {
  const text = useText();
  const format = useFormat();
  const moment = (at: string | null) => (at === null ? null : format.dateTime(Date.parse(at), here));
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard
    <div className={style.wide} tabIndex={0} role="group" aria-label={text('health.jobs')}>
      <table className={style.table}>
        <thead>
          <tr>
            <th>{text('health.job')}</th>
            <th>{text('health.jobState')}</th>
            <th>{text('health.jobNext')}</th>
            <th>{text('health.jobDoes')}</th>
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => {
            const state = `health.jobState.${job.last_state ?? ''}`;
            return (
              <tr key={job.job}>
                <td>
                  <code>{job.job}</code>
                </td>
                <td className={style.nowrap}>
                  {job.last_state === null ? (
                    <span className={style.quiet}>{text('health.jobNever')}</span>
                  ) : (
                    <>
                      <Status tone={tones[job.last_state] ?? 'quiet'}>{isMessageKey(state) ? text(state) : job.last_state}</Status>{' '}
                      {moment(job.last_finished_at ?? job.last_started_at)}
                    </>
                  )}
                  {job.last_error !== null && (
                    <div lang="en" className={style.quiet}>
                      {job.last_error}
                    </div>
                  )}
                </td>
                <td className={style.nowrap}>{moment(job.next_run_at) ?? <span className={style.quiet}>{text('health.jobAsked')}</span>}</td>
                <td>
                  <Said name={`jobSays.${job.job}`} spoken={job.summary} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
