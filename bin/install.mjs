/** Installs the packages that package-lock.json names, when they are not there. Plain JavaScript: it runs on Node 20 with nothing installed. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const packages = join(root, 'node_modules');

/** Node 24 from the packages; a machine without that binary must bring its own. */
export function nodeProgram() {
  const bundled = join(packages, '.bin', 'node');
  if (existsSync(bundled)) return bundled;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  console.error(
    `Quarterhour needs Node 22.18 or newer here, and this is ${process.versions.node}. There is no packaged one for ${process.platform}-${process.arch}.`,
  );
  process.exit(1);
}

export function install() {
  if (isInstalled()) return;
  console.error('installing the packages (once, about a minute) …');
  // Under npm, PATH begins with node_modules/.bin, which is about to be replaced.
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .join(delimiter);
  // Not `npm ci`: it refuses a lockfile that lacks binaries of other platforms, and npm writes such a lockfile wherever the registry
  // does not have them. `install --no-save` takes the same locked versions and leaves the lockfile as it is.
  const args = ['install', '--no-save', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = spawnSync('npm', args, {
    cwd: root,
    env: { ...process.env, PATH: path, NODE_ENV: '' },
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (npm.error) console.error(`npm cannot be run: ${npm.error.message}`);
  if (npm.status !== 0) process.exit(npm.status ?? 1);
}

/** npm writes node_modules/.package-lock.json last, so it names what is really there, also after an install by hand. */
function isInstalled() {
  try {
    const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
    const present = JSON.parse(readFileSync(join(packages, '.package-lock.json'), 'utf8')).packages;
    return Object.entries(wanted).every(
      ([path, { version, optional, link }]) => path === '' || link || (present[path] ? present[path].version === version : optional),
    );
  } catch {
    return false;
  }
}
