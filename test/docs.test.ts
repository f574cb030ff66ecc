import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '../src/app/catalogue.ts';
import { pythonExample } from '../src/platform/contract/example.ts';
import { writeReportWorkbook } from './fixtures/workbooks.ts';
import { skipWithout } from './parts.ts';
import { openTestSystem, type TestSystem } from './system.ts';

const root = path.resolve(import.meta.dirname, '..');
const run = promisify(execFile);
const pages = [
  'README.md',
  'STYLE.md',
  'CHANGELOG.md',
  ...readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

/** The blocks of a page that are marked to be run. */
function blocks(page: string, language: string): string[] {
  const text = readFileSync(path.join(root, page), 'utf8');
  return [...text.matchAll(new RegExp(String.raw`^\`\`\`${language} run\n([\s\S]*?)^\`\`\`$`, 'gm'))].map((match) => match[1]!);
}

let system: TestSystem;
let environment: { QH_URL: string; QH_KEY: string };
let folder: string;

beforeAll(async () => {
  system = await openTestSystem({ data: 'small', work: true });
  environment = { QH_URL: await system.app.listen({ port: 0, host: '127.0.0.1' }), QH_KEY: system.adminKey };
  folder = mkdtempSync(path.join(tmpdir(), 'qh-docs-'));
  await writeReportWorkbook(path.join(folder, 'report.xlsx'), { layout: 'A26', days: 1, title: true });
  writeFileSync(path.join(folder, 'advisors.csv'), 'asesor_id,nombre,ciudad\n00000000-0000-4000-8000-00000000a001,Ana,Cali\n');
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await system.close();
});

const shellBlocks = pages.flatMap((page) => blocks(page, 'sh').map((text, at) => [`${page} block ${at + 1}`, text] as const));

describe('what the docs say to type works', () => {
  test.each(shellBlocks)('%s', async (_name, text) => {
    for (const line of text.split('\n').filter((entry) => entry.trim() !== '')) {
      if (line.startsWith('npx qh ')) {
        const { exitCode, error } = await system.cli(
          words(line.replace('npx qh ', '')).map((word) => (['report.xlsx', 'advisors.csv'].includes(word) ? path.join(folder, word) : word)),
        );
        expect(exitCode, `${line}\n${error}`).toBe(0);
      } else {
        // bash expands $QH_URL and $QH_KEY as a reader's shell would.
        const { stdout } = await run('bash', ['-c', `${line} --fail-with-body || true`], { cwd: folder, env: { ...process.env, ...environment } });
        const answer: unknown = JSON.parse(stdout);
        const isMeantToFail = line.includes('interval_minutes=abc');
        expect((answer as { code?: string }).code, stdout).toBe(isMeantToFail ? 'bad_request' : undefined);
      }
    }
  });

  test('the example in TypeScript runs', async () => {
    const [example] = blocks('docs/guides/rest.md', 'ts');
    const file = path.join(folder, 'example.ts');
    writeFileSync(file, example!.replace("'quarterhour/client'", `'${path.join(root, 'src/app/client.ts')}'`));
    const { stdout } = await run(process.execPath, [file], { env: { ...process.env, ...environment } });
    expect(stdout).toMatch(/^\d+ [\d.]+\n$/);
  });
});

describe.skipIf(skipWithout('python'))('the examples in Python', () => {
  test('of every operation that reads answer, all in one run of python3', async () => {
    const examples = operations
      .filter(({ method, result, upload }) => method === 'GET' && result !== 'file' && upload !== true)
      .flatMap((operation) => operation.examples.filter(({ skip }) => skip === undefined).map((example) => pythonExample(operation, example)!));
    expect(examples.length).toBeGreaterThan(20);
    const file = path.join(folder, 'examples.py');
    writeFileSync(file, examples.join('\n'));
    const { stdout } = await run('python3', [file], { env: { ...process.env, ...environment }, maxBuffer: 64 * 1024 * 1024 });
    const answers = stdout.trimEnd().split('\n');
    expect(answers.length).toBe(examples.length);
    expect(answers.filter((answer) => !/^[[{]/.test(answer))).toEqual([]);
  });
});

/** Splits a command line at spaces, keeping what is quoted together. */
function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3]!);
}

describe('the docs hold together', () => {
  test('every link within the repository leads somewhere', () => {
    const broken = pages.flatMap((page) => {
      const text = readFileSync(path.join(root, page), 'utf8').replaceAll(/```[\s\S]*?```/g, '');
      return [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
        .map((match) => match[1]!)
        .filter((target) => !/^(https?:|mailto:)/.test(target) && !existsSync(path.resolve(root, path.dirname(page), target)))
        .map((target) => `${page}: ${target}`);
    });
    expect(broken).toEqual([]);
  });

  test('no page praises', () => {
    const words = /\b(enhanced|advanced|comprehensive|powerful|seamless|cutting-edge|robust)\b/i;
    expect(pages.filter((page) => page !== 'CHANGELOG.md' && words.test(readFileSync(path.join(root, page), 'utf8')))).toEqual([]);
  });

  test('git keeps every picture that a page shows, and no other', () => {
    const tracked = execFileSync('git', ['ls-files', 'docs/images'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
    const shown = pages.flatMap((page) =>
      [...readFileSync(path.join(root, page), 'utf8').matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map((match) =>
        path.posix.join(path.posix.dirname(page), match[1]!),
      ),
    );
    expect(tracked.toSorted()).toEqual([...new Set(shown)].toSorted());
  });
});
