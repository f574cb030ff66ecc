import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');

interface Block {
  language: string;
  file: string;
  text: string;
}

/** The code blocks of a guide that name a file, in their order. */
function blocksOf(guide: string): Block[] {
  const text = readFileSync(path.join(root, 'docs/guides', guide), 'utf8');
  return [...text.matchAll(/^```(\w+) file=(\S+)\n([\s\S]*?)^```$/gm)].map(([, language, file, body]) => ({
    language: language!,
    file: file!,
    text: body!,
  }));
}

/** A diff block replaces its lines without + by its lines without -. */
function applyDiff(before: string, diff: string): string {
  const lines = diff.split('\n').filter((line) => line !== '');
  const old = lines
    .filter((line) => !line.startsWith('+'))
    .map((line) => line.slice(1))
    .join('\n');
  const wanted = lines
    .filter((line) => !line.startsWith('-'))
    .map((line) => line.slice(1))
    .join('\n');
  if (!before.includes(old)) throw new Error(`the guide speaks of lines that are not there:\n${old}`);
  return before.replace(old, wanted);
}

test("docs/guides/add-a-room.md adds a room that works and passes the tree's own checks", { timeout: 180_000 }, () => {
  const copy = mkdtempSync(path.join(tmpdir(), 'qh-room-'));
  try {
    for (const part of ['src', 'test', 'db', 'package.json', 'tsconfig.json', 'vitest.config.ts'])
      cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
    symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
    for (const { language, file, text } of blocksOf('add-a-room.md')) {
      const target = path.join(copy, file);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, language === 'diff' ? applyDiff(readFileSync(target, 'utf8'), text) : text);
    }
    execFileSync('git', ['init', '-q'], { cwd: copy });
    execFileSync(process.execPath, ['src/app/cli.ts', 'docs'], { cwd: copy });
    expect(readFileSync(path.join(copy, 'docs/reference/notes.md'), 'utf8')).toContain('qh notes add-note');
    const run = spawnSync(
      process.execPath,
      [
        'node_modules/vitest/vitest.mjs',
        'run',
        'src/rooms/notes',
        'test/tidy.test.ts',
        'test/contract.test.ts',
        '-t',
        'note|dependencies|files|SQL|contract and database',
      ],
      {
        cwd: copy,
        encoding: 'utf8',
        env: { ...process.env, VITEST: undefined, VITEST_POOL_ID: undefined, VITEST_WORKER_ID: undefined, NODE_ENV: undefined },
      },
    );
    expect(run.status, `${run.stdout}\n${run.stderr}`).toBe(0);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});
