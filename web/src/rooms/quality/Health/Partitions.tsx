import { useQuery } from '@tanstack/react-query';
import { Panel } from '../../../design/Page.tsx';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { Answer } from '../../../kit/states/Answer.tsx';
import { type Partition, partitionsQuery, retentionQuery } from '../health_queries.ts';
import style from './Health.module.css';

/** The months of detail on a line of time, with what the retention policy does to them. */
export function Partitions() {
  const text = useText();
  const format = useFormat();
  const partitions = useQuery(partitionsQuery);
  const policy = useQuery(retentionQuery).data;
  const kept = policy?.keep_months ?? null;
  return (
    <Panel title={text('health.partitions')} about={text('health.partitionsAbout')}>
      <Answer query={partitions}>{(data) => <Timeline partitions={data} />}</Answer>
      {policy && (
        <p className={style.quiet}>
          {kept === null
            ? text('health.keepAll')
            : text('health.keep', { months: kept, day: policy.effective_on === null ? '' : format.day(policy.effective_on), due: policy.months_due })}
        </p>
      )}
    </Panel>
  );
}

function Timeline({ partitions }: { partitions: Partition[] }) {
  const text = useText();
  const format = useFormat();
  const tables = [...new Set(partitions.filter(({ month }) => month !== null).map(({ table_name }) => table_name))];
  if (tables.length === 0) return <p className={style.quiet}>{text('health.partitionsEmpty')}</p>;
  return (
    <>
      {tables.map((table) => {
        const months = partitions
          .filter(({ table_name, month }) => table_name === table && month !== null)
          .toSorted((a, b) => String(a.month).localeCompare(String(b.month)));
        const most = Math.max(...months.map(({ bytes }) => bytes), 1);
        return (
          <div key={table}>
            <h3 className={style.tableName}>
              <code>{table}</code>
            </h3>
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard */}
            <div className={style.wide} tabIndex={0} role="group" aria-label={table}>
              <ol className={style.months}>
                {months.map((part) => {
                  const month = String(part.month).slice(0, 7);
                  const values = { month, rows: format.number(part.row_count), bytes: format.number(part.bytes, 'bytes') };
                  const said = part.kept ? text('health.month', values) : text('health.monthGone', values);
                  return (
                    <li key={part.partition_name} title={said}>
                      <span
                        className={style.bar}
                        data-gone={!part.kept || undefined}
                        style={{ height: `${Math.max(3, Math.round((part.bytes / most) * 56))}px` }}
                      />
                      <span aria-hidden>{month}</span>
                      <span className={style.hidden}>{said}</span>
                    </li>
                  );
                })}
              </ol>
            </div>
          </div>
        );
      })}
    </>
  );
}
