/**
 * How a room declares a kind of file that can be imported. The ingest pipeline reads the file by this
 * declaration; the room's SQL says which rows are good and how they are loaded.
 */

/** What a column's cells hold, which decides the type of its staging column. */
export type CellKind = 'period' | 'name' | 'count' | 'seconds' | 'share' | 'average' | 'text' | 'date';

export interface ImportColumn {
  /** The header as the foreign system prints it; compared without regard to white space and case. */
  header: string;
  /** Other spellings of the same header. */
  aliases?: readonly string[];
  /** The canonical name: the column of the staging table. */
  name: string;
  kind: CellKind;
  /** The column may be missing from the file. */
  optional?: boolean;
  /** A blank cell is no error. */
  nullable?: boolean;
}

/** Headers are compared without white space of any kind and without case. */
export function headerKey(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\s\u200b\u00ad]+/gu, '')
    .toLowerCase();
}

export interface ImportKind {
  /** Public name, e.g. `argus_report`. */
  name: string;
  title: string;
  /**
   * Only for figures by interval: format of the period as text; a cell of exactly this form is taken as it is. Such a kind
   * belongs to a service, with its time zone, interval length and sources. A kind without periods is records, one per row.
   */
  periodFormat?: 'DD.MM.YYYY HH:MM' | 'DD.MM.YYYY HH:MM:SS';
  columns: readonly ImportColumn[];
  /** SQL function that gives columns that are known only when a file is read (as JSON of ImportColumn), e.g. custom fields. */
  moreColumns?: string;
  /** Columns whose presence together tells this kind from any other; all in one row make it the header row. */
  signature: readonly string[];
  /** Scope that a caller needs for this kind besides that of the import. */
  scope?: string;
  /**
   * SQL function over the staged rows that yields the findings, one per broken rule. Of records it writes them into
   * `pg_temp.found` and returns how many rows repeat another one letter by letter.
   */
  check: string;
  /** SQL function that loads the staged rows that no error finding names: (batch_id, replace) → rows_inserted, rows_updated, rows_unchanged. */
  load: string;
  /** One row for the template, by canonical name. */
  example?: Readonly<Record<string, string | number>>;
}
