import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import path from 'node:path';
import type { Figure } from './figure.ts';

/**
 * `npm run bench [-- <part>…]`: runs each part in a process of its own, one after another, and prints docs/benchmarks.md from what
 * was measured. Parts that are not run keep their last figures and date.
 */

interface Part {
  figures: Figure[];
  measured_on: string;
  seconds: number;
}

const folder = import.meta.dirname;
const store = path.join(folder, 'results.json');
const page = path.join(folder, '../docs/benchmarks.md');
/** Parts whose own process is a caller, with the heap that Node gives any program; what is lean is the server that they call. */
const callers = new Set(['http']);
const helpers = new Set(['bench.ts', 'figure.ts']);
const names = readdirSync(folder)
  .filter(
    (file) => file.endsWith('.ts') && !helpers.has(file) && readFileSync(path.join(folder, file), 'utf8').includes('export async function run('),
  )
  .map((file) => path.basename(file, '.ts'));

if (process.argv[2] === '--part') await runPart(process.argv[3]!);
else runAll(process.argv.slice(2));

/** In the child: measures, and gives the figures back as lines of JSON. */
async function runPart(name: string): Promise<void> {
  const part = (await import(path.join(folder, `${name}.ts`))) as { run(report: (figure: Figure) => void): Promise<void> };
  await part.run((figure) => {
    process.stderr.write(`  ${line(figure)}\n`);
    process.stdout.write(`${JSON.stringify(figure)}\n`);
  });
}

function runAll(wanted: string[]): void {
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    console.error(`There is no part ${unknown.join(', ')}. Parts: ${names.join(', ')}`);
    process.exitCode = 2;
    return;
  }
  const results: Record<string, Part> = existsSync(store) ? JSON.parse(readFileSync(store, 'utf8')) : {};
  for (const name of wanted.length > 0 ? wanted : names) {
    console.error(`${name}:`);
    const started = performance.now();
    const heap = callers.has(name) ? ['--max-semi-space-size=16'] : [];
    const out = execFileSync(process.execPath, [...heap, import.meta.filename, '--part', name], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      maxBuffer: 64 * 1024 * 1024,
    });
    const figures = out
      .split('\n')
      .filter((text) => text.startsWith('{'))
      .map((text) => JSON.parse(text) as Figure);
    results[name] = { figures, measured_on: new Date().toISOString().slice(0, 10), seconds: Math.round((performance.now() - started) / 1000) };
    writeFileSync(store, `${JSON.stringify(results, null, 1)}\n`);
  }
  writeFileSync(page, printed(results));
  console.error(`written: docs/benchmarks.md`);
}

function line({ name, value, unit, goal, reached }: Figure): string {
  const verdict = goal === undefined ? '' : ` (goal ${goal}: ${reached === true ? 'reached' : 'not reached'})`;
  return `${name}: ${value.toLocaleString('en')} ${unit}${verdict}`;
}

function printed(results: Record<string, Part>): string {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
  const parts = Object.entries(results).map(([name, part]) => {
    const rows = part.figures.map(
      ({ name: figure, value, unit, goal, reached, naive, limit }) =>
        `| ${figure} | ${value.toLocaleString('en')} ${unit} | ${goal ?? ''} | ${goal === undefined ? '' : reached === true ? 'reached' : '**not reached**'} | ${naive ?? ''} | ${limit ?? ''} |`,
    );
    return [
      `## ${name}`,
      `Measured on ${part.measured_on} in ${part.seconds} s.`,
      ['| figure | measured | goal | | naive way | limit |', '|---|---|---|---|---|---|', ...rows].join('\n'),
    ].join('\n\n');
  });
  return (
    [
      '# Figures measured',
      `_Printed by \`npm run bench\`, which measures each figure beside its naive competitor and its physical limit in the same run. ${machine}. The cores are shared with others, so the ratios say more than the seconds._`,
      ...parts,
    ].join('\n\n') + '\n'
  );
}
