import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Db } from '../../platform/db/pool.ts';
import { refreshViews } from './refresh_views.ts';

/** DANE, DIVIPOLA: the official codes of Colombia's municipalities (public data of the Colombian state), with population and logistics hub. */
const municipalities = path.join(import.meta.dirname, 'municipios.csv');

/** `requests`: how many; the rest is in proportion. */
export async function loadMarketplaceDemo(db: Db, requests = 4000): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query('set local statement_timeout = 0');
    await tx.query('select marketplace.create_demo($1, $2)', [JSON.stringify(readMunicipalities()), requests]);
  });
  await refreshViews(db, { cause: 'demo', full: true });
}

export async function removeMarketplaceDemo(db: Db): Promise<void> {
  await db.query('select marketplace.remove_demo()');
  await refreshViews(db, { cause: 'demo' });
  await db.query('select marketplace.forget_demo_runs()');
}

/** A cell with a comma stands in quotes; none holds a quote itself. */
function readMunicipalities(): Record<string, string | number>[] {
  const [head, ...lines] = readFileSync(municipalities, 'utf8').trim().split(/\r?\n/);
  const names = head!.split(',');
  return lines.map((line) => {
    const row = Object.fromEntries(
      [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, plain], at) => [names[at]!, quoted ?? plain!]),
    );
    return { ...row, poblacion: Number(row['poblacion']) };
  });
}
