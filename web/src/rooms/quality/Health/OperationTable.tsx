import type { OutputOf } from '../../../../../src/platform/contract/operation.ts';
import type { slowestOperations } from '../../../../../src/rooms/quality/contract.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import style from './Health.module.css';

type Operation = OutputOf<typeof slowestOperations>['items'][number];

export function OperationTable({ operations }: { operations: Operation[] }) {
  const text = useText();
  const format = useFormat();
  if (operations.length === 0) return <p className={style.quiet}>{text('health.operationsEmpty')}</p>;
  const number = (value: number) => format.number(value, value < 100 ? 'seconds1' : 'count');
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard
    <div className={style.wide} tabIndex={0} role="group" aria-label={text('health.operations')}>
      <table className={style.table}>
        <thead>
          <tr>
            <th>{text('health.operation')}</th>
            <th data-number>{text('health.mean')}</th>
            <th data-number>{text('health.slowest')}</th>
            <th data-number>{text('health.calls')}</th>
            <th data-number>{text('health.errors')}</th>
          </tr>
        </thead>
        <tbody>
          {operations.map((operation) => (
            <tr key={operation.operation}>
              <td>
                <code>{operation.operation}</code>
              </td>
              <td data-number>{number(operation.avg_ms)}</td>
              <td data-number>{number(operation.max_ms)}</td>
              <td data-number>{format.number(operation.call_count)}</td>
              <td data-number>{format.number(operation.error_count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
