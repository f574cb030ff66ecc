import { useFormat } from '../../../i18n/format.ts';
import { isMessageKey, type Text, useText } from '../../../i18n/text.ts';
import { KpiCard, KpiRow } from '../../../kit/card/KpiCard.tsx';
import { Status, type Tone } from '../../../kit/states/Status.tsx';
import { useChangeAddress } from '../../../shell/address.ts';
import type { Score } from '../queries.ts';
import style from './DataQuality.module.css';

const toneOf = (score: number | null): Tone => (score === null ? 'quiet' : score >= 90 ? 'good' : score >= 70 ? 'risk' : 'bad');

export function tableName(text: Text, table: string): string {
  const key = `dataTable.${table}`;
  return isMessageKey(key) ? text(key) : table;
}

/** One card per table, the worst first; a click shows its findings alone. */
export function Scores({ scores, chosen }: { scores: Score[]; chosen: string | undefined }) {
  const text = useText();
  const format = useFormat();
  const change = useChangeAddress();
  return (
    <div>
      <KpiRow>
        {scores.map(({ table_name: table, quality_score: score, issue_count: issues }) => (
          <KpiCard
            key={table}
            label={tableName(text, table)}
            value={format.number(score, 'tick')}
            unit={score === null ? '' : text('quality.of100')}
            status={<Status tone={toneOf(score)}>{score === null ? text('quality.unknown') : text('quality.issues', { count: issues })}</Status>}
            openLabel={chosen === table ? text('quality.showAll') : text('quality.showTable', { table: tableName(text, table) })}
            onOpen={() => change({ table: chosen === table ? undefined : table })}
          />
        ))}
      </KpiRow>
      <p className={style.formula}>{text('quality.formula')}</p>
    </div>
  );
}
