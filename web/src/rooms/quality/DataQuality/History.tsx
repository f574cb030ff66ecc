import { useQuery } from '@tanstack/react-query';
import { Panel } from '../../../design/Page.tsx';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { Answer } from '../../../kit/states/Answer.tsx';
import { Empty } from '../../../kit/states/Empty.tsx';
import { type HistoryPoint, historyQuery } from '../queries.ts';
import { tableName } from './Scores.tsx';
import style from './DataQuality.module.css';

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** How the scores went over three months, a line per table. */
export function History({ table }: { table: string | undefined }) {
  const text = useText();
  const query = useQuery(historyQuery);
  return (
    <Panel title={text('quality.history')} about={text('quality.historyAbout')}>
      <Answer query={query} rows={3}>
        {(points) => {
          const shown = points.filter((point) => table === undefined || point.table_name === table);
          const tables = [...new Set(shown.map((point) => point.table_name))];
          if (tables.length === 0) return <Empty title={text('quality.noHistory')} />;
          return (
            <ul className={style.lines}>
              {tables.map((name) => (
                <Line key={name} table={name} points={shown.filter((point) => point.table_name === name)} />
              ))}
            </ul>
          );
        }}
      </Answer>
    </Panel>
  );
}

const width = 320;
const height = 40;

function Line({ table, points }: { table: string; points: HistoryPoint[] }) {
  const text = useText();
  const format = useFormat();
  const known = points.flatMap(({ run_at, quality_score: score }) => (score === null ? [] : [{ at: Date.parse(run_at), score }]));
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return null;
  const span = Math.max(last.at - first.at, 1);
  const x = (at: number) => (known.length === 1 ? width : ((at - first.at) / span) * width);
  const y = (score: number) => height - (score / 100) * height;
  // A score holds until the next check.
  const path = known.map(({ at, score }, place) => (place === 0 ? `M0,${y(score)}H${x(at)}` : `H${x(at)}V${y(score)}`)).join('');
  const name = tableName(text, table);
  const said = text('quality.line', {
    table: name,
    from: format.number(first.score, 'tick'),
    to: format.number(last.score, 'tick'),
    count: known.length,
  });
  return (
    <li className={style.line}>
      <span className={style.lineName}>{name}</span>
      <svg viewBox={`-2 -2 ${width + 4} ${height + 4}`} className={style.chart} role="img" aria-label={said} preserveAspectRatio="none">
        <title>{known.map(({ at, score }) => `${format.dateTime(at, here)}: ${score}`).join('\n')}</title>
        <path d={`M0,${y(90)}H${width}`} className={style.target} />
        <path d={path} className={style.curve} />
      </svg>
      <span className={style.lineScore}>{format.number(last.score, 'tick')}</span>
    </li>
  );
}
