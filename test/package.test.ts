import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '..');
const home = mkdtempSync(path.join(tmpdir(), 'qh-package-'));
const installed = path.join(home, 'node_modules/quarterhour');

/** What `npm pack` publishes, where npm would put it: Node does not strip types under node_modules. */
beforeAll(async () => {
  mkdirSync(installed, { recursive: true });
  await run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', path.join(installed, 'dist')], {
    cwd: root,
  });
  cpSync(path.join(root, 'src'), path.join(installed, 'dist'), { recursive: true, filter: (file) => !file.endsWith('.ts') });
  for (const part of ['package.json', 'bin', 'db']) cpSync(path.join(root, part), path.join(installed, part), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(installed, 'node_modules'));
  writeFileSync(path.join(home, 'package.json'), '{"type": "module"}');
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('the published package', () => {
  test('its command line starts', async () => {
    const { stdout } = await run(process.execPath, [path.join(installed, 'bin/qh.mjs'), '--version'], { cwd: home });
    expect(stdout.trim()).toBe(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version);
  });

  test('its client can be imported, with every operation and no TypeScript', async () => {
    const program = `import { createClient, org, statistics } from 'quarterhour/client';
      console.log(statistics.intervals.path, createClient({ baseUrl: 'http://x' }).url(org.queues, { service: 'A B' }));`;
    writeFileSync(path.join(home, 'use.mjs'), program);
    const { stdout } = await run(process.execPath, ['use.mjs'], { cwd: home });
    expect(stdout.trim()).toBe('/api/v1/statistics/intervals http://x/api/v1/org/queues?service=A+B');
  });

  test('its types are found by a TypeScript program, which is told of a wrong input', async () => {
    const check = async (program: string) => {
      writeFileSync(path.join(home, 'use.ts'), program);
      const words = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2024', '--types', '', 'use.ts'];
      return run(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), ...words], { cwd: home }).then(
        () => 'fine',
        (error: { stdout: string }) => error.stdout,
      );
    };
    const program = (field: string) => `import { createClient, statistics } from 'quarterhour/client';
      const page = await createClient().call(statistics.intervals, { ${field}: 'X' });
      const offered: number | null | undefined = page.items[0]?.offered;
      export { offered };`;
    expect(await check(program('service'))).toBe('fine');
    expect(await check(program('sservice'))).toContain('sservice');
  });
});
