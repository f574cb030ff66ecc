import type { Command } from 'commander';
import { progress as progressBar } from '@clack/prompts';
import { localPrincipal } from '../platform/auth/principal.ts';
import { printAnswer } from '../platform/contract/print.ts';
import { parseInput } from '../platform/contract/input.ts';
import { kebab } from '../platform/contract/cli.ts';
import { localFile } from '../platform/http/local_file.ts';
import { createBatch } from '../rooms/ingest/contract.ts';
import { exitCodeOfImports, importFiles, type BatchRecord } from '../rooms/ingest/import_files.ts';
import type { ImportOptions } from '../rooms/ingest/import_services.ts';
import type { ImportProgress } from '../rooms/ingest/progress.ts';
import { importKinds } from './catalogue.ts';
import { linkTo, runningServer } from './page_links.ts';
import { withSystem, type Terminal } from './program.ts';

/** `qh import FILE|FOLDER…`: exit code 0 done, 1 a file failed, 3 done with rejected rows. */
export function importCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command('import')
    .description('Import workbooks or CSV files, or all of folders')
    .argument('<paths...>', 'files or folders')
    .option('--json', 'print the batch record, or a list of them, for programs');
  const { properties } = createBatch.input as unknown as { properties: Record<string, { type?: string; description?: string }> };
  for (const [name, schema] of Object.entries(properties)) {
    command.option(`--${kebab(name)}${schema.type === 'boolean' ? '' : ` <${name}>`}`, schema.description ?? '');
  }
  command.action((paths: string[], typed: Record<string, string | boolean>) =>
    withSystem(terminal, async (system) => {
      const options = optionsOf(Object.keys(properties), typed);
      const services = {
        db: system.db,
        log: system.log,
        kinds: importKinds,
        dataDir: system.config.dataDir,
        receive: localFile,
        createdBy: 'local',
        askedBy: localPrincipal,
      };
      const shown = typed.json === true || !terminal.isTerminal ? null : new Bars();
      const records = await importFiles(paths, options, services, (file, progress) => shown?.show(file, progress));
      shown?.end();
      if (typed.json === true) terminal.out(`${JSON.stringify(paths.length === 1 && records.length === 1 ? records[0] : records)}\n`);
      else {
        const server = await runningServer(system);
        for (const record of records) terminal.out(`${summary(record, terminal.width)}${linkTo(record, server)}\n`);
      }
      terminal.exit(exitCodeOfImports(records));
    }),
  );
}

/** What was typed, checked by the same contract as the upload. */
function optionsOf(names: string[], typed: Record<string, string | boolean>): ImportOptions {
  const given = names.flatMap((name) => {
    const value = typed[name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())];
    return value === undefined ? [] : [[name, String(value)] as const];
  });
  return parseInput(createBatch, Object.fromEntries(given), true);
}

function summary(record: BatchRecord, width: number): string {
  const {
    batch_id,
    filename,
    status,
    detail,
    service,
    layout,
    interval_type,
    rows_total,
    rows_valid,
    rows_rejected,
    rows_ignored,
    rows_inserted,
    rows_updated,
    rows_unchanged,
  } = record as Record<string, unknown>;
  const shown = {
    file: filename,
    batch_id,
    status,
    service,
    layout,
    interval_type,
    rows_total,
    rows_valid,
    rows_rejected,
    rows_ignored,
    rows_inserted,
    rows_updated,
    rows_unchanged,
    ...(detail === null ? {} : { detail }),
  };
  const warnings = (record.warnings ?? []) as { message: string }[];
  const lines = [printAnswer(JSON.stringify(shown), width), ...warnings.map((warning) => `warning: ${warning.message}`)];
  if (record.rows_rejected > 0) lines.push(`see why: npx qh ingest batch-errors ${record.batch_id}`);
  return lines.join('\n');
}

/** One bar per file. */
class Bars {
  #file: string | undefined;
  #bar: ReturnType<typeof progressBar> | undefined;
  #done = 0;

  show(file: string, { phase, progress_pct: percent, rows_per_second: rate, seconds_left: left }: ImportProgress): void {
    if (this.#file !== file) {
      this.end();
      this.#file = file;
      this.#bar = progressBar({ max: 100 });
      this.#bar.start(file);
    }
    const step = Math.max(0, Math.floor(percent) - this.#done);
    this.#done += step;
    this.#bar?.advance(
      step,
      `${file} · ${phase} · ${Math.floor(percent)} % · ${rate.toLocaleString('en')} rows/s${left === null ? '' : ` · ${left} s left`}`,
    );
  }

  end(): void {
    this.#bar?.stop(this.#file);
    this.#bar = undefined;
    this.#done = 0;
  }
}
