import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { CodeBlock } from '../../../kit/drill/CodeBlock.tsx';
import { Empty } from '../../../kit/states/Empty.tsx';
import { type Digest, here } from '../health_queries.ts';
import style from './Health.module.css';

/** What quality.write_digest puts together. */
interface Content {
  errors: { failed_imports: number; rejected_rows: number; rule_breaks: number };
  slow_statements: { query: string; calls: number; avg_ms: number; total_ms: number }[];
  trends: { calls: number | null; calls_before: number | null; database_bytes: number | null; database_bytes_before: number | null };
}

export function DigestView({ digest }: { digest: Digest | undefined }) {
  const text = useText();
  const format = useFormat();
  if (digest === undefined)
    return (
      <Empty title={text('health.digest')} command="qh quality make-digest">
        {text('health.digestEmpty')}
      </Empty>
    );
  const { errors, slow_statements: slow, trends } = digest.content as unknown as Content;
  const before = (value: number | null, kind: 'count' | 'bytes') =>
    value === null ? undefined : text('health.digestBefore', { value: format.number(value, kind) });
  const facts = [
    { label: text('health.digestCalls'), value: format.number(trends.calls), note: before(trends.calls_before, 'count') },
    { label: text('health.digestSize'), value: format.number(trends.database_bytes, 'bytes'), note: before(trends.database_bytes_before, 'bytes') },
    { label: text('health.digestImports'), value: format.number(errors.failed_imports) },
    { label: text('health.digestRejected'), value: format.number(errors.rejected_rows) },
    { label: text('health.digestBreaks'), value: format.number(errors.rule_breaks) },
  ];
  return (
    <>
      <p className={style.quiet}>
        {text('health.digestWeek', {
          from: format.date(Date.parse(digest.period_start), here),
          to: format.date(Date.parse(digest.period_end), here),
        })}
      </p>
      <dl className={style.facts}>
        {facts.map(({ label, value, note }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              {value}
              {note && <div className={style.quiet}>{note}</div>}
            </dd>
          </div>
        ))}
      </dl>
      {slow.length > 0 && (
        <CodeBlock
          label={text('health.digestSlow')}
          lang="en"
          code={slow.map(({ query, calls, avg_ms }) => `${avg_ms} ms × ${calls}  ${query.replaceAll(/\s+/g, ' ')}`).join('\n')}
        />
      )}
    </>
  );
}
