import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The page of the views of key figures: what each column means, from the comments in the files that make them. */

const room = path.join(import.meta.dirname, '../rooms/marketplace');
const text = String.raw`'((?:[^']|'')*)'`;
const ofView = new RegExp(String.raw`comment on (?:materialized )?view \w+\.(mv_\w+) is ${text};`, 'g');
const ofColumn = new RegExp(String.raw`comment on column \w+\.(mv_\w+)\.(\w+) is ${text};`, 'g');

/** The SQL of the views, in the order of their names. */
export function viewFiles(): string[] {
  return ['api', 'materialized']
    .flatMap((folder) => list(path.join(room, folder)))
    .toSorted((a, b) => (path.basename(a) < path.basename(b) ? -1 : 1))
    .map((file) => readFileSync(file, 'utf8'));
}

export function viewsPage(files: readonly string[]): string {
  const lines = ['# Views of key figures', '', '_Printed from the comments in src/rooms/marketplace by `npm run docs`._', ''];
  for (const file of files) {
    for (const [, name, says] of file.matchAll(ofView)) {
      const columns = [...file.matchAll(ofColumn)].filter(([, view]) => view === name);
      lines.push(`## ${name}`, '', plain(says!), '');
      if (columns.length > 0)
        lines.push('| Column | |', '|---|---|', ...columns.map(([, , column, means]) => `| \`${column}\` | ${plain(means!)} |`), '');
    }
  }
  return lines.join('\n');
}

const list = (folder: string) => {
  try {
    return readdirSync(folder)
      .filter((name) => /^mv_\w+\.sql$/.test(name))
      .map((name) => path.join(folder, name));
  } catch {
    // A folder comes with its first file.
    return [];
  }
};

const plain = (said: string) => said.replaceAll("''", "'").replaceAll('|', String.raw`\|`);
