/** What a table or chart shows, typed, on its way to a file or the clipboard. */
export type Cell = string | number | boolean | Date | null;

export interface Sheet {
  name: string;
  headers: string[];
  rows: Cell[][];
}

/** A time is written as the zone's own digits, so that Excel, which knows no zones, shows what the page shows. */
const civilText = (date: Date): string => date.toISOString().slice(0, 16).replace('T', ' ');

const plain = (cell: Cell): string => (cell === null ? '' : cell instanceof Date ? civilText(cell) : String(cell));

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** RFC 4180 with a point as decimal separator; the mark at the start makes Excel read it as UTF-8. */
function toCsv(sheet: Sheet): string {
  const lines = [sheet.headers, ...sheet.rows.map((row) => row.map(plain))];
  return `\uFEFF${lines.map((line) => line.map(quoted).join(',')).join('\r\n')}\r\n`;
}

function toTsv(sheet: Sheet, decimal: string): string {
  const field = (cell: Cell) => (typeof cell === 'number' ? String(cell).replace('.', decimal) : plain(cell).replaceAll(/[\t\r\n]+/g, ' '));
  return [sheet.headers.join('\t'), ...sheet.rows.map((row) => row.map(field).join('\t'))].join('\n');
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Excel takes a pasted table's types from `x:num`, whatever the reader's locale is. */
function toHtml(sheet: Sheet): string {
  const cell = (value: Cell) => {
    if (typeof value === 'number') return `<td x:num="${value}">${value}</td>`;
    if (value instanceof Date) return `<td style="mso-number-format:'yyyy\\-mm\\-dd hh\\:mm'">${civilText(value)}</td>`;
    return `<td style="mso-number-format:'\\@'">${escaped(plain(value))}</td>`;
  };
  const head = sheet.headers.map((header) => `<th>${escaped(header)}</th>`).join('');
  const body = sheet.rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('');
  return `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></body></html>`;
}

export async function copySheet(sheet: Sheet, decimal: string): Promise<void> {
  const item = new ClipboardItem({
    'text/plain': new Blob([toTsv(sheet, decimal)], { type: 'text/plain' }),
    'text/html': new Blob([toHtml(sheet)], { type: 'text/html' }),
  });
  await navigator.clipboard.write([item]);
}

export function saveFile(content: Blob, filename: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = filename;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function saveCsv(sheet: Sheet): void {
  saveFile(new Blob([toCsv(sheet)], { type: 'text/csv;charset=utf-8' }), `${sheet.name}.csv`);
}

/** The workbook writer is loaded when it is first needed. */
export async function saveXlsx(sheet: Sheet): Promise<void> {
  const { toXlsx } = await import('./xlsx.ts');
  saveFile(await toXlsx(sheet), `${sheet.name}.xlsx`);
}
