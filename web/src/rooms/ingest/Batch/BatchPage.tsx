import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { AnchorLink } from '../../../design/links.tsx';
import { Page, Panel } from '../../../design/Page.tsx';
import { useText } from '../../../i18n/text.ts';
import { Answer } from '../../../kit/states/Answer.tsx';
import { batchQuery, isUnderWay } from '../queries.ts';
import { BatchSummary } from './BatchSummary.tsx';
import { ErrorTable } from './ErrorTable.tsx';
import { Facts } from './Facts.tsx';

export function BatchPage() {
  const text = useText();
  const { batchId } = useParams({ strict: false });
  const query = useQuery(batchQuery(batchId ?? ''));
  return (
    <Page
      title={query.data?.filename ?? text('batch.title')}
      about={
        <AnchorLink to="/import" size="xs">
          {text('batch.back')}
        </AnchorLink>
      }
    >
      <Answer query={query} rows={5}>
        {(batch) => (
          <>
            <Panel>
              <BatchSummary batch={batch} isWholePage />
              <Facts batch={batch} />
            </Panel>
            {!isUnderWay(batch) && <ErrorTable batch={batch} />}
          </>
        )}
      </Answer>
    </Page>
  );
}
