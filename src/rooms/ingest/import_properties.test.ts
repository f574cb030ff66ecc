import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { testImports } from '../../../test/fixtures/imports.ts';
import { periods, reportRow, writeRows } from '../../../test/fixtures/report_rows.ts';
import type { ReportRow } from './workbook/write_report.ts';

/** What holds of any workbook: every row is counted once, the same file twice is the file once, undo is an exact inverse. */

const database = await testDatabase();
const imports = testImports(database);
const runs = process.env.QH_CHAOS === '1' ? 300 : 12;
const stamps = periods('2025-03-03T09:00', 10);

/** Any row: good, contradicting, equal, without a date, off the grid, with a wrong cell. */
const anyRow: fc.Arbitrary<ReportRow> = fc
  .record({
    period: fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom<string | null>(...stamps) },
      fc.constantFrom(null, 'Итого', '32.03.2025 10:00', '03.03.2025 10:07', '03.03.2019 10:00', '12/13/2025 10:00'),
    ),
    name: fc.constantFrom('A', 'B', null),
    offered: fc.integer({ min: 0, max: 3 }),
    fault: fc.oneof(
      { weight: 8, arbitrary: fc.constant({}) },
      fc.constantFrom<Record<string, string | number | null>>(
        { failed: -1 },
        { failed: null },
        { failed: '1,5' },
        { failed: '7' },
        { reported_service_level_pct: 400 },
        { talk_seconds: 1 },
      ),
    ),
  })
  .map(({ period, name, offered, fault }) => reportRow(period, { source_name: name, offered, ...fault }));
const anyReport = fc.array(anyRow, { minLength: 1, maxLength: 25 });

let count = 0;
const write = (rows: ReportRow[]) => writeRows(path.join(imports.dataDir, `${++count}-15м.xlsx`), rows);
const facts = async (service: string) =>
  database.owner.query(
    `select s.external_name, f.interval_start_time, f.interval_minutes, f.offered, f.failed, f.talk_seconds, f.batch_id
     from statistics.contact_statistics f join org.sources s on s.source_id = f.source_id join org.services v on v.service_id = f.service_id
     where v.service_code = $1 order by 1, 2`,
    [service],
  );

/** A failing case prints its seed and path; this replays it alone. */
const settings = (name: string) => ({
  numRuns: runs,
  seed: Number(process.env.QH_SEED ?? 20_250_303),
  path: process.env.QH_PATH,
  reporter: (out: fc.RunDetails<unknown>) => {
    if (!out.failed) return;
    throw new Error(
      `${fc.defaultReportMessage(out)}\nreplay: QH_SEED=${out.seed} QH_PATH=${out.counterexamplePath} npx vitest run src/rooms/ingest/import_properties.test.ts -t '${name}'`,
    );
  },
});

function property(name: string, check: () => fc.IAsyncProperty<never> | fc.IAsyncProperty<unknown[]>) {
  test(name, { timeout: 3_600_000 }, () => fc.assert(check() as fc.IAsyncProperty<unknown[]>, settings(name) as fc.Parameters<unknown[]>));
}

property('every row is counted once, and a file twice is the file once', () =>
  fc.asyncProperty(anyReport, async (rows) => {
    const service = `P${count}`;
    const file = await write(rows);
    const first = await imports.import(file, { service });
    if (first.status === 'failed') {
      // Only a file none of whose dates can be read, and that tells why, is kept out whole.
      expect(rows.some(([period]) => period === '12/13/2025 10:00') && rows.every(([period]) => !stamps.includes(String(period)))).toBe(true);
      expect(first.detail).toContain('do not tell day from month. ');
      expect(await facts(service)).toEqual([]);
      return;
    }
    expect(first.rows_total).toBe(rows.length);
    expect(first.rows_total).toBe(first.rows_valid + first.rows_rejected + first.rows_ignored);
    expect(first.rows_valid).toBe(first.rows_inserted + first.rows_updated + first.rows_unchanged + first.rows_duplicates);
    const rejected = new Set(
      (await imports.findings(first.batch_id)).filter(({ severity }) => severity === 'error').map(({ row_number }) => row_number),
    );
    expect(rejected.size).toBe(first.rows_rejected);
    const before = await facts(service);
    expect(before.length).toBe(first.rows_inserted);
    const second = await imports.import(file, { service });
    expect(second).toMatchObject({
      rows_inserted: 0,
      rows_updated: 0,
      rows_unchanged: first.rows_inserted,
      rows_rejected: first.rows_rejected,
      rows_ignored: first.rows_ignored,
    });
    expect(await facts(service)).toEqual(before);
  }),
);

property('undo of any import in a row of imports is as if it had never been', () =>
  fc.asyncProperty(fc.array(anyReport, { minLength: 2, maxLength: 4 }), fc.nat(), async (reports, pick) => {
    const victim = pick % reports.length;
    const [all, without] = [`A${count}`, `W${count}`];
    const batches: string[] = [];
    // A row that was refused over an interval of another length stays refused when that is undone: its file is to be imported again.
    let isRefused = false;
    for (const [i, rows] of reports.entries()) {
      const file = await write(rows);
      const { batch_id } = await imports.import(file, { service: all });
      batches.push(batch_id);
      isRefused ||= (await imports.findings(batch_id)).some(({ rule }) => rule === 'GRANULARITY_CONFLICT');
      if (i !== victim) await imports.import(file, { service: without });
    }
    const [undone] = await database.owner.query<{ status: string }>('select status from ingest.import_batches where batch_id = $1', [
      batches[victim],
    ]);
    fc.pre(!isRefused);
    if (undone!.status !== 'failed') await database.api.query('select api.undo_batch($1)', [batches[victim]]);
    const plain = (rows: Record<string, unknown>[]) => rows.map(({ batch_id: _batch, ...row }) => row);
    expect(plain(await facts(all))).toEqual(plain(await facts(without)));
  }),
);

property('a dry run says exactly what the import then does', () =>
  fc.asyncProperty(anyReport, anyReport, async (before, rows) => {
    const service = `D${count}`;
    await imports.import(await write(before), { service });
    const file = await write(rows);
    const counts = ({
      rows_total,
      rows_valid,
      rows_rejected,
      rows_ignored,
      rows_inserted,
      rows_updated,
      rows_unchanged,
      rows_duplicates,
      status,
    }: Record<string, unknown>) => ({
      rows_total,
      rows_valid,
      rows_rejected,
      rows_ignored,
      rows_inserted,
      rows_updated,
      rows_unchanged,
      rows_duplicates,
      status,
    });
    const dry = await imports.import(file, { service, dry_run: true });
    expect(counts(await imports.import(file, { service }))).toEqual(counts(dry));
  }),
);
