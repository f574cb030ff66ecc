/** What some tests need of the machine. A missing part skips them and is named at the end; with CI=true it fails the run. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

interface Part {
  /** Any of these programs will do. */
  programs: readonly string[];
  apt: string;
}

export const parts = {
  chromium: { programs: ['chromium', 'chromium-browser', 'google-chrome'], apt: 'chromium fonts-dejavu-core' },
  redis: { programs: ['redis-server'], apt: 'redis-server' },
  python: { programs: ['python3'], apt: 'python3' },
  slapd: { programs: ['slapd'], apt: 'slapd' },
  'system PostgreSQL': { programs: ['/usr/lib/postgresql/15/bin/postgres'], apt: 'postgresql-15 postgresql-15-cron' },
} as const satisfies Record<string, Part>;

export type PartName = keyof typeof parts;

/** The program's path, or null. */
export function findPart(name: PartName): string | null {
  // Daemons stand in sbin, which is not on everybody's PATH.
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/sbin'];
  const candidates = parts[name].programs.flatMap((program) =>
    program.startsWith('/') ? [program] : folders.map((folder) => join(folder, program)),
  );
  return candidates.find((candidate) => existsSync(candidate)) ?? null;
}

/** For `describe.skipIf(skipWithout('redis'))`. */
export function skipWithout(name: PartName): boolean {
  return findPart(name) === null;
}

/** Vitest's global setup: says at the end what was skipped and how to bring it. */
export default function setup(): () => void {
  const missing = Object.entries(parts).filter(([name]) => findPart(name as PartName) === null);
  if (missing.length > 0 && process.env.CI === 'true') {
    throw new Error(
      `With CI=true nothing is skipped, and this machine lacks ${missing.map(([name]) => name).join(', ')}: apt-get install ${missing.map(([, part]) => part.apt).join(' ')}`,
    );
  }
  return () => {
    for (const [name, { apt }] of missing) console.log(`skipped what needs ${name}: apt-get install ${apt}`);
  };
}
