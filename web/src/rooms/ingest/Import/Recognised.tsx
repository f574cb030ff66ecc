import { Stack, Text } from '@mantine/core';
import { useFormat } from '../../../i18n/format.ts';
import { isMessageKey, useText } from '../../../i18n/text.ts';
import { Status } from '../../../kit/states/Status.tsx';
import type { Preview } from '../queries.ts';
import { useRuleText } from '../rules.ts';
import style from './Import.module.css';

/** What the file is taken for, its first rows as they were read, and what is wrong with them. */
export function Recognised({ preview }: { preview: Preview }) {
  const text = useText();
  const format = useFormat();
  const rule = useRuleText();
  const layout = `layout.${preview.layout}`;
  const [sheet] = preview.sheets;
  const rows = preview.sheets.reduce((sum, one) => sum + (one.rows_estimate ?? 0), 0);
  const errors = preview.problems.filter(({ severity }) => severity === 'error');
  const facts: [string, string][] = [
    [text('import.layout'), isMessageKey(layout) ? text(layout) : preview.layout],
    [text('import.sheet'), preview.sheets.map((one) => one.sheet).join(', ')],
    [text('import.headerRow'), preview.sheets.map((one) => one.header_row).join(', ')],
    [text('import.columns'), format.number(sheet?.columns.length ?? 0)],
    [text('import.rows'), rows > 0 ? `≈ ${format.number(rows)}` : '–'],
    [text('import.title'), preview.title ?? '–'],
  ];
  return (
    <Stack gap="md">
      <dl className={style.found}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {preview.warnings.length > 0 && (
        <ul className={style.list}>
          {preview.warnings.map((warning) => (
            <li key={warning.code + warning.message}>
              {rule(warning.code, warning.message)}
              {warning.names && `: ${warning.names.join(', ')}`}
            </li>
          ))}
        </ul>
      )}
      <div>
        <Text size="sm" mb="xs" component="div">
          {text('import.firstRows', { count: preview.rows_checked })}{' '}
          {errors.length === 0 ? (
            <Status tone="good">{text('import.noProblems')}</Status>
          ) : (
            <Status tone="risk">{text('import.problems', { count: errors.length })}</Status>
          )}
        </Text>
        <FirstRows preview={preview} />
      </div>
      {preview.problems.length > 0 && (
        <ul className={style.list}>
          {preview.problems.map((problem, index) => (
            <li key={index}>
              {[problem.cell, problem.column_name].filter(Boolean).join(' ')}: {rule(problem.rule, problem.message)}
              {problem.value !== null && ` («${problem.value}»)`}
            </li>
          ))}
        </ul>
      )}
    </Stack>
  );
}

function FirstRows({ preview }: { preview: Preview }) {
  const text = useText();
  const isBad = (row: number, column: string | undefined) =>
    preview.problems.some(({ row_number, column_name, severity }) => severity === 'error' && row_number === row && column_name === column);
  return (
    <div className={style.sheet} tabIndex={0} role="region" aria-label={text('import.firstRows', { count: preview.rows_checked })}>
      <table>
        <thead>
          <tr>
            <th>#</th>
            {preview.columns.map((column, index) => (
              <th key={index}>{column}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.rows.map((row) => (
            <tr key={`${row.sheet}/${row.row_number}`} data-state={row.state}>
              <th scope="row">{row.row_number}</th>
              {row.cells.map((cell, index) => (
                <td key={index} data-bad={isBad(row.row_number, preview.columns[index]) || undefined}>
                  {cell ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
