/** Builds web/dist when what it is made of changed since. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.mjs';
import { runNode } from './run.mjs';

/** The pages, and what they import: contracts, the contract machinery, numerics. The lockfile stands for the packages. */
function sources() {
  const rooms = join(root, 'src', 'rooms');
  const contracts = existsSync(rooms)
    ? readdirSync(rooms).flatMap((room) => filesIn(join(rooms, room)).filter((file) => /(contract|columns|inputs|records)\.ts$/.test(file)))
    : [];
  const folders = [join(root, 'web'), join(root, 'src', 'platform', 'contract'), join(root, 'src', 'numerics')];
  return [join(root, 'package-lock.json'), ...contracts, ...folders.flatMap(filesIn)]
    .filter((file) => existsSync(file))
    .toSorted((a, b) => (a < b ? -1 : 1));
}

function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'dist' || entry.name === 'node_modules' || entry.name.startsWith('.')) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

export async function buildWeb() {
  if (!existsSync(join(root, 'web', 'index.html'))) return;
  const hash = createHash('sha256');
  for (const file of sources()) hash.update(`${file.slice(root.length)}\0`).update(readFileSync(file));
  const digest = hash.digest('hex');
  // Written after the build, so that a build that was killed counts as none.
  const stamp = join(root, 'web', 'dist', '.built-from');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  console.error('building the web pages …');
  const code = await runNode([join('node_modules', 'vite', 'bin', 'vite.js'), 'build', 'web', '--logLevel', 'warn'], { stdio: ['ignore', 2, 2] });
  if (code !== 0) process.exit(code);
  writeFileSync(stamp, digest);
}
