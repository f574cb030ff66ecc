import { Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { Answer } from '../../../kit/states/Answer.tsx';
import { addDays } from '../../../kit/time/zone.ts';
import { AnchorLink } from '../../../design/links.tsx';
import { type Employee, historyQuery, type Move } from '../people_queries.ts';
import style from '../People.module.css';

/** Where the employee belonged and will belong, the latest first. */
export function EmployeeHistory({ employee }: { employee: Employee }) {
  const text = useText();
  const query = useQuery(historyQuery(employee.employee_id));
  return (
    <section className={style.section} aria-label={text('employee.history')}>
      <Title order={2}>{text('employee.history')}</Title>
      <Answer query={query} rows={3}>
        {(moves) => (
          <ol className={style.history}>
            {moves.map((move) => (
              <li key={move.history_id}>
                <Step move={move} />
              </li>
            ))}
          </ol>
        )}
      </Answer>
    </section>
  );
}

function Step({ move }: { move: Move }) {
  const text = useText();
  const format = useFormat();
  const place = [move.position_name, move.site_name, move.supervisor_name && text('employee.under', { name: move.supervisor_name })].filter(Boolean);
  return (
    <>
      <span className={style.when}>
        {/* The API names the first day on which it no longer holds; people say the last on which it did. */}
        {move.valid_to === null
          ? text('employee.since', { day: format.day(move.valid_from) })
          : `${format.day(move.valid_from)} – ${format.day(addDays(move.valid_to, -1))}`}
      </span>
      <span>
        <strong>{move.department_path}</strong>
        {place.length > 0 && <span className={style.quiet}> {place.join(' · ')}</span>}
        <span className={style.quiet}>
          {place.length > 0 ? ' · ' : ' '}
          {text(`change.${move.change_type}`)}
          {move.change_reason && `: ${move.change_reason}`}
          {move.batch_id && (
            <>
              {' · '}
              <AnchorLink to="/import/$batchId" params={{ batchId: move.batch_id }} size="xs">
                {text('batch.title')}
              </AnchorLink>
            </>
          )}
        </span>
      </span>
    </>
  );
}
