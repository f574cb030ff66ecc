import { Stack, Text } from '@mantine/core';
import { useText } from '../../../i18n/text.ts';
import { Status } from '../../../kit/states/Status.tsx';
import type { Preview } from '../queries.ts';
import { useRuleText } from '../rules.ts';
import style from './Import.module.css';

type RowState = 'valid' | 'rejected' | 'ignored';
const stateOf = (state: string): RowState => (state === 'rejected' || state === 'ignored' ? state : 'valid');

/** The first rows as they were read, with what is wrong in them. */
export function FirstRows({ preview }: { preview: Preview }) {
  const text = useText();
  const rule = useRuleText();
  const errors = preview.problems.filter(({ severity }) => severity === 'error').length;
  return (
    <Stack gap="sm">
      <Text size="sm" component="div">
        {text('import.firstRows', { count: preview.rows_checked })}{' '}
        {errors === 0 ? (
          <Status tone="good">{text('import.noProblems')}</Status>
        ) : (
          <Status tone="risk">{text('import.problems', { count: errors })}</Status>
        )}
      </Text>
      <Sheet preview={preview} />
      {preview.problems.length > 0 && (
        <ul className={style.list}>
          {preview.problems.map((problem) => (
            <li key={`${problem.sheet}/${problem.cell}/${problem.row_number}/${problem.rule}`}>
              {[problem.cell, problem.column_name].filter(Boolean).join(' ')}: {rule(problem.rule, problem.message)}
              {problem.value !== null && ` (${problem.value})`}
            </li>
          ))}
        </ul>
      )}
    </Stack>
  );
}

function Sheet({ preview }: { preview: Preview }) {
  const text = useText();
  const bad = new Set(
    preview.problems.filter(({ severity }) => severity === 'error').map(({ row_number, column_name }) => `${row_number}/${column_name}`),
  );
  return (
    <section className={style.sheet} aria-label={text('import.firstRows', { count: preview.rows_checked })}>
      <table>
        <thead>
          <tr>
            <th>#</th>
            {preview.columns.map((column) => (
              <th key={column}>{column}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.rows.map((row) => (
            <tr key={`${row.sheet}/${row.row_number}`} data-state={row.state} title={text(`rowState.${stateOf(row.state)}`)}>
              <th scope="row">{row.row_number}</th>
              {preview.columns.map((column, index) => (
                <td key={column} data-bad={bad.has(`${row.row_number}/${column}`) || undefined}>
                  {row.cells[index] ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
