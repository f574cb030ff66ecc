import type { ImportKind } from '../../../platform/imports/kind.ts';

export interface ReadOptions {
  /** The kinds to tell apart. */
  kinds: readonly ImportKind[];
  /** Name of the only kind that is accepted. */
  kind?: string;
  signal?: AbortSignal;
  /** Stop each sheet after about so many staged rows. */
  previewRows?: number;
}

/** What the lines above the header say, e.g. `Входящие проекты [ c 24.01.2025 по 24.05.2025(+5) ]`. */
export interface ReportTitle {
  text: string;
  /** First and last day, `YYYY-MM-DD`. */
  from?: string;
  to?: string;
  utcOffsetMinutes?: number;
}

export interface FoundColumn {
  /** Canonical name: the column of the staging table. */
  name: string;
  /** The header as the file prints it. */
  header: string;
  /** Zero-based column of the sheet. */
  index: number;
}

export interface SheetEvent {
  type: 'sheet';
  /** One-based, in workbook order. */
  sheet: number;
  sheetName: string;
  kind: string;
  headerRow: number;
  columns: FoundColumn[];
  unknownColumns: string[];
  title: ReportTitle | null;
  /** Data rows by the sheet's own declaration, which may be wrong. */
  rowsEstimate?: number;
}

export interface RowsEvent {
  type: 'rows';
  /** Lines of COPY text format in the order of `stagingColumns`. */
  copy: Buffer;
  rows: number;
  /** Compressed bytes of the sheets. */
  bytesRead: number;
  bytesTotal: number;
}

export interface SheetEndEvent {
  type: 'sheet_end';
  sheet: number;
  /** The last row that the sheet holds, blank or not. */
  lastRow: number;
  rowsStaged: number;
  /** Rows between the header and the last row that are blank or absent. */
  rowsBlank: number;
  rowsAboveHeader: number;
}

export interface WarningEvent {
  type: 'warning';
  code: 'sheet_ignored' | 'unknown_columns';
  message: string;
  sheet?: number;
}

export type WorkbookEvent = SheetEvent | RowsEvent | SheetEndEvent | WarningEvent;
