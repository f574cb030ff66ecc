import { useQuery } from '@tanstack/react-query';
import { erasePerson } from '../../../../../src/rooms/admin/contract.ts';
import { AnchorLink } from '../../../design/links.tsx';
import { Panel } from '../../../design/Page.tsx';
import { useText } from '../../../i18n/text.ts';
import { Answer } from '../../../kit/states/Answer.tsx';
import style from '../Admin.module.css';
import { AdminPage } from '../AdminPage.tsx';
import { retentionQuery } from '../queries.ts';
import { useMay } from '../session.ts';
import { Erase } from './Erase.tsx';
import { RetentionForm } from './RetentionForm.tsx';

/** What is kept of people, for how long, and how somebody is forgotten. */
export function PersonalPage() {
  const text = useText();
  const may = useMay();
  const query = useQuery(retentionQuery);
  const certificates = (
    <AnchorLink to="/admin/audit" search={{ operation: erasePerson.name }} size="sm">
      {text('erase.certificates')}
    </AnchorLink>
  );
  return (
    <AdminPage tab="personal">
      <div className={style.columns}>
        <Panel title={text('retention.title')}>
          <Answer query={query}>{(rules) => <RetentionForm key={JSON.stringify(rules)} rules={rules} />}</Answer>
        </Panel>
        {may(erasePerson) && (
          <Panel title={text('erase.title')} actions={certificates}>
            <Erase />
          </Panel>
        )}
      </div>
    </AdminPage>
  );
}
