import { useFormat } from '../../../i18n/format.ts';
import { isMessageKey, useText } from '../../../i18n/text.ts';
import { Empty } from '../../../kit/states/Empty.tsx';
import { type Run, here } from '../health_queries.ts';
import style from './Health.module.css';

const size = { width: 260, height: 48 };

/** Each measured promise as a small line over time, with the promise as a level. */
export function Sla({ runs }: { runs: Run[] }) {
  const text = useText();
  const tests = [...new Set(runs.map(({ test_name }) => test_name))].map((name) =>
    runs.filter((run) => run.test_name === name && run.value !== null),
  );
  const known = tests.filter((test) => test.length > 0);
  if (known.length === 0)
    return (
      <Empty title={text('health.sla')} command="qh quality validate-query-performance">
        {text('health.slaEmpty')}
      </Empty>
    );
  return (
    <ul className={style.tests}>
      {known.map((test) => (
        <Test key={test[0]?.test_name} runs={test} />
      ))}
    </ul>
  );
}

function Test({ runs }: { runs: Run[] }) {
  const text = useText();
  const format = useFormat();
  const last = runs.at(-1);
  if (last === undefined) return null;
  const key = `health.test.${last.test_name}`;
  const shown = (value: number | null) => `${format.number(value, 'tick')} ${last.unit}`;
  const now = text('health.slaNow', { value: format.number(last.value, 'tick'), target: format.number(last.target, 'tick') });
  const values = runs.map(({ value }) => value ?? 0);
  const top = Math.max(...values, last.higher_is_better ? 0 : Math.min(last.target, Math.max(...values) * 4)) * 1.15 || 1;
  const y = (value: number) => size.height - 2 - (Math.min(value, top) / top) * (size.height - 4);
  const x = (index: number) => (runs.length === 1 ? size.width / 2 : 3 + (index / (runs.length - 1)) * (size.width - 6));
  const points = values.map((value, index) => `${x(index)},${y(value)}`).join(' ');
  return (
    <li className={style.test}>
      <div>{isMessageKey(key) ? text(key) : <span lang="en">{last.test_name}</span>}</div>
      <svg className={style.line} viewBox={`0 0 ${size.width} ${size.height}`} preserveAspectRatio="none" role="img" aria-label={now}>
        {last.target <= top && <line className={style.target} x1={0} x2={size.width} y1={y(last.target)} y2={y(last.target)} />}
        <polyline className={style.points} points={points} />
        {values.map((value, index) => (
          <circle key={runs[index]?.run_at} className={style.point} cx={x(index)} cy={y(value)} r={2}>
            <title>{`${format.dateTime(Date.parse(runs[index]?.run_at ?? ''), here)}: ${shown(value)}`}</title>
          </circle>
        ))}
      </svg>
      <div className={style.quiet}>
        {now} <span lang="en">{last.unit}</span>
      </div>
    </li>
  );
}
