import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { writeReport, type ReportRow } from '../rooms/ingest/workbook/write_report.ts';
import { argusLoad, argusReport } from '../rooms/statistics/imports.ts';
import { lifelikeIntervals, type LifelikeSource } from '../rooms/statistics/lifelike.ts';
import { loadValues, reportTitleText, reportValues } from '../rooms/statistics/lifelike_report.ts';

/** What the demo imports: workbooks as a foreign system would export them, made from a seed. */
export interface DemoWorkbook {
  /** Service code. */
  service: string;
  layout: 'argus_report' | 'argus_load';
  filename: string;
  sources: readonly LifelikeSource[];
  /** By queue, in 27 columns; else the service's own total. */
  byProject: boolean;
  intervalMinutes: 15 | 30 | 60;
  days: number;
  utcOffsetMinutes: number;
  seed: number;
  /** Every so many rows one has a fault of a real export, so that errors can be looked at. */
  faultEvery?: number;
}

const reportColumns = argusReport.columns.map((column) => column.name);
const withoutProject = reportColumns.filter((name) => name !== 'source_name');
const handledAt = reportColumns.indexOf('handled');
const dayMs = 86_400_000;

/** Writes the workbook into `folder`, its data ending with the day before `today` (clock reading of the service). */
export async function writeDemoWorkbook(workbook: DemoWorkbook, folder: string, today: string): Promise<string> {
  const file = path.join(folder, workbook.filename);
  const end = Date.parse(`${today}T00:00:00Z`);
  const start = new Date(end - workbook.days * dayMs).toISOString().slice(0, 16);
  const last = new Date(end - dayMs).toISOString();
  const isReport = workbook.layout === 'argus_report';
  const bytes = writeReport({
    kind: isReport ? argusReport : argusLoad,
    columns: isReport && !workbook.byProject ? withoutProject : undefined,
    title: isReport ? reportTitleText(start, last, workbook.utcOffsetMinutes) : undefined,
    rows: rowsOf(workbook, start),
    level: 1,
  });
  await pipeline(Readable.from(bytes), createWriteStream(file));
  return file;
}

function* rowsOf(workbook: DemoWorkbook, start: string): Generator<ReportRow> {
  const intervals = lifelikeIntervals({
    seed: workbook.seed,
    sources: workbook.sources,
    start,
    intervalMinutes: workbook.intervalMinutes,
    intervals: (workbook.days * 1440) / workbook.intervalMinutes,
    keepEmpty: workbook.layout === 'argus_load',
  });
  let count = 0;
  for (const interval of intervals) {
    count++;
    if (workbook.layout === 'argus_load') {
      yield loadValues(interval);
      continue;
    }
    const row = reportValues(interval, interval.time, workbook.byProject ? workbook.sources[interval.source]!.name : null);
    const isFaulty = workbook.faultEvery !== undefined && count % workbook.faultEvery === 0;
    // More handled than offered: the fault that people meet most.
    yield isFaulty ? row.map((value, at) => (at === handledAt ? interval.offered + 1 : value)) : row;
  }
}
