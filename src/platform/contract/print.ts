/** Prints an operation's answer for people: a list as a table, an object as lines. */
export function printAnswer(json: string, width: number): string {
  const answer: unknown = JSON.parse(json);
  if (Array.isArray(answer)) return table(answer, width);
  if (isRecord(answer) && Array.isArray(answer.items)) {
    const more = answer.next_cursor === null || answer.next_cursor === undefined ? '' : `\nmore: --cursor ${String(answer.next_cursor)}`;
    return table(answer.items, width) + more;
  }
  if (isRecord(answer)) {
    const names = Object.keys(answer);
    const longest = Math.max(0, ...names.map((name) => name.length));
    return names.map((name) => `${name.padEnd(longest)}  ${text(answer[name])}`).join('\n');
  }
  return text(answer);
}

/** Columns as wide as their content, cut at the terminal's edge; numbers stand right. */
function table(rows: unknown[], width: number): string {
  const records = rows.filter(isRecord);
  if (records.length === 0) return rows.length === 0 ? '(no rows)' : rows.map(text).join('\n');
  const columns = Object.keys(records[0]!).filter((name) => records.some((row) => row[name] !== null));
  const widths = columns.map((name) => Math.min(40, Math.max(name.length, ...records.map((row) => text(row[name]).length))));
  const line = (cells: string[], row?: Record<string, unknown>) =>
    cells
      .map((cell, at) => {
        const cut = cell.length > widths[at]! ? `${cell.slice(0, widths[at]! - 1)}…` : cell;
        return typeof row?.[columns[at]!] === 'number' ? cut.padStart(widths[at]!) : cut.padEnd(widths[at]!);
      })
      .join('  ')
      .trimEnd()
      .slice(0, width);
  return [
    line(columns),
    line(widths.map((size) => '─'.repeat(size))),
    ...records.map((row) =>
      line(
        columns.map((name) => text(row[name])),
        row,
      ),
    ),
  ].join('\n');
}

function text(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
