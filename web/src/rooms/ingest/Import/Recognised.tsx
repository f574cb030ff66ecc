import { Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { useKindText } from '../kinds.ts';
import type { Preview } from '../queries.ts';
import { useRuleText } from '../rules.ts';
import style from './Import.module.css';

/** What the file is taken for, and what is to be known about it as a whole. */
export function Recognised({ preview }: { preview: Preview }) {
  const text = useText();
  const format = useFormat();
  const rule = useRuleText();
  const kind = useKindText();
  const rows = preview.sheets.reduce((sum, sheet) => sum + (sheet.rows_estimate ?? 0), 0);
  const facts: [string, string | null][] = [
    [text('import.layout'), kind(preview.layout)],
    [text('import.sheet'), preview.sheets.map((sheet) => sheet.sheet).join(', ')],
    [text('import.headerRow'), preview.sheets.map((sheet) => sheet.header_row).join(', ')],
    [text('import.columns'), preview.sheets.map((sheet) => format.number(sheet.columns.length)).join(', ')],
    [text('import.rows'), rows > 0 ? `≈ ${format.number(rows)}` : null],
    [text('import.title'), preview.title],
  ];
  return (
    <Stack gap="md">
      <dl className={style.found}>
        {facts.map(
          ([name, value]) =>
            value !== null && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {preview.warnings.length > 0 && (
        <ul className={style.warnings}>
          {preview.warnings.map((warning) => (
            <li key={warning.code + warning.message}>
              <IconAlertTriangle size={16} stroke={1.6} aria-hidden />
              <span>
                {rule(warning.code, warning.message)}
                {warning.names && `: ${warning.names.join(', ')}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Stack>
  );
}
