/** `npm run check`: format, lint, types and the tree's own rules. Seconds, no database. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { install, nodeProgram, root } from './install.mjs';

install();

const bin = (name) => join(root, 'node_modules', '.bin', name);
const checks = [
  ['format', bin('oxfmt'), '--check', '.'],
  ['lint', bin('oxlint'), '--type-aware', '--deny-warnings', '.'],
  ['types', bin('tsc'), '--project', '.'],
  ...(existsSync(join(root, 'web', 'tsconfig.json')) ? [['types of the pages', bin('tsc'), '--project', 'web']] : []),
  ['tidy', nodeProgram(), 'node_modules/vitest/vitest.mjs', 'run', '--config', 'test/tidy.config.ts'],
];

/** The tools' own scripts begin with `env node`: they must find the packaged one, also outside npm. */
const path = `${join(root, 'node_modules', '.bin')}:${process.env.PATH ?? ''}`;

async function run([name, program, ...args]) {
  const started = performance.now();
  const child = spawn(program, args, { cwd: root, env: { ...process.env, PATH: path }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      output += error.message;
      resolve(1);
    });
    child.once('close', resolve);
  });
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} ${((performance.now() - started) / 1000).toFixed(1)} s`);
  // A tool that crashes may print a list of every file in one line.
  if (code !== 0)
    console.log(
      output
        .trimEnd()
        .split('\n')
        .map((line) => line.slice(0, 500))
        .join('\n'),
    );
  return code === 0;
}

const results = await Promise.all(checks.map(run));
const failed = results.filter((ok) => !ok).length;
console.log(failed === 0 ? `all ${results.length} checks passed` : `${failed} of ${results.length} checks failed`);
process.exitCode = failed === 0 ? 0 : 1;
