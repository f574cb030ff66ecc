import { useQuery } from '@tanstack/react-query';
import { Page, Panel } from '../../../design/Page.tsx';
import { useText } from '../../../i18n/text.ts';
import { Answer } from '../../../kit/states/Answer.tsx';
import { checksQuery, digestQuery, jobsQuery, operationsQuery, runsQuery } from '../health_queries.ts';
import { Checks } from './Checks.tsx';
import { DigestView } from './DigestView.tsx';
import { JobTable } from './JobTable.tsx';
import { OperationTable } from './OperationTable.tsx';
import { Partitions } from './Partitions.tsx';
import { Sla } from './Sla.tsx';
import style from './Health.module.css';

/** Is the database well, is it fast enough, and what should I do about what is not? */
export function HealthPage() {
  const text = useText();
  const checks = useQuery(checksQuery);
  const runs = useQuery(runsQuery);
  const operations = useQuery(operationsQuery);
  const jobs = useQuery(jobsQuery);
  const digest = useQuery(digestQuery);
  return (
    <Page title={text('nav.health')} about={text('health.about')}>
      <Answer query={checks} rows={10}>
        {(data) => <Checks checks={data} />}
      </Answer>
      <div className={style.columns}>
        <Panel title={text('health.sla')} about={text('health.slaAbout')}>
          <Answer query={runs}>{(data) => <Sla runs={data} />}</Answer>
        </Panel>
        <Panel title={text('health.operations')} about={text('health.operationsAbout')}>
          <Answer query={operations}>{(data) => <OperationTable operations={data} />}</Answer>
        </Panel>
      </div>
      <Partitions />
      <Panel title={text('health.jobs')}>
        <Answer query={jobs}>{(data) => <JobTable jobs={data} />}</Answer>
      </Panel>
      <Panel title={text('health.digest')}>
        <Answer query={digest}>{([latest]) => <DigestView digest={latest} />}</Answer>
      </Panel>
    </Page>
  );
}
