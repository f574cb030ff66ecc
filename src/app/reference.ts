import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { environmentTable } from '../platform/config/config.ts';
import { errorPage, roomPage } from '../platform/contract/docs.ts';
import { roomOf } from '../platform/contract/operation.ts';
import { operations } from './catalogue.ts';
import { viewFiles, viewsPage } from './views_page.ts';

/** The generated pages of docs/reference by file name. */
export function referencePages(): Map<string, string> {
  const pages = new Map<string, string>();
  for (const room of new Set(operations.map(roomOf))) pages.set(`${room}.md`, roomPage(room, operations));
  pages.set('errors.md', errorPage());
  pages.set('environment.md', `# Environment\n\n_Printed from src/platform/config/config.ts by \`npm run docs\`._\n\n${environmentTable()}`);
  pages.set('key_figure_views.md', viewsPage(viewFiles()));
  return pages;
}

export async function writeReference(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of referencePages()) await writeFile(path.join(folder, name), text);
}
