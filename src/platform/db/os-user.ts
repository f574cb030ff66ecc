/** PostgreSQL refuses to run as root: then it runs as the system's `postgres` user, which is made where it is missing. */
import { execFileSync, spawnSync } from 'node:child_process';
import { QhError } from '../errors.ts';

export interface OsUser {
  name: string;
  uid: number;
  gid: number;
}

const userName = 'postgres';

/** The user that the server runs as, or null when it runs as ourselves. */
export function serverUser(): OsUser | null {
  if (process.getuid?.() !== 0) return null;
  return findUser() ?? createUser();
}

/** Whether that user can enter and list the folder; asked of the system itself, since modes do not tell of ACLs and mounts. */
export function canEnter(folder: string, user: OsUser | null): boolean {
  const identity = user ? { uid: user.uid, gid: user.gid } : {};
  return spawnSync('/bin/sh', ['-c', 'cd -- "$1" && test -r .', 'sh', folder], { ...identity, cwd: '/', stdio: 'ignore' }).status === 0;
}

function findUser(): OsUser | null {
  try {
    const id = (flag: string): number => Number(execFileSync('id', [flag, userName], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    return { name: userName, uid: id('-u'), gid: id('-g') };
  } catch {
    return null;
  }
}

function createUser(): OsUser {
  const made = spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', userName], { encoding: 'utf8' });
  const user = findUser();
  if (user) return user; // another process may have made it at the same moment
  throw new QhError('internal', `PostgreSQL does not run as root, and the user ${userName} cannot be made: ${made.stderr || String(made.error)}`, {
    hint: `Make the user (\`useradd --system ${userName}\`), start as another user than root, or set DATABASE_URL to an outside PostgreSQL.`,
  });
}
