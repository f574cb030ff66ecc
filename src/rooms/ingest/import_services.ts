import type { Doer } from '../../platform/audit/append.ts';
import type { Db } from '../../platform/db/pool.ts';
import type { ImportKind } from '../../platform/imports/kind.ts';
import type { Log } from '../../platform/log/log.ts';
import type { ReadOptions, WorkbookEvent } from './workbook/events.ts';

/** What an import needs of the house. The kinds of file are declared by the rooms that take the rows, and handed over by app. */
export interface ImportServices {
  db: Db;
  log: Log;
  kinds: readonly ImportKind[];
  /** Uploaded files lie in its folder `uploads`. */
  dataDir: string;
  signal?: AbortSignal;
  /** By which those who were erased are known again (erasureKeyOf); without it nobody is. */
  erasureKey?: string;
  /** In whose name the audit has an import that nobody sent. */
  doer?: Doer;
  /** How a workbook becomes events; in a thread of its own when left out. */
  read?: (file: string, options: ReadOptions) => AsyncIterable<WorkbookEvent>;
}

/** What the caller of an import may ask for. */
export interface ImportOptions {
  service?: string;
  layout?: string;
  interval_type?: '15m' | '30m' | '1h';
  time_zone?: string;
  mode?: 'partial' | 'all_or_nothing';
  replace?: boolean;
  dry_run?: boolean;
  /** Headers of the file that are other names of columns: header → canonical name. */
  columns?: Record<string, string>;
}

export const intervalMinutes = { '15m': 15, '30m': 30, '1h': 60 } as const;

/** A batch as the claim gives it. */
export interface ClaimedBatch {
  batch_id: string;
  filename: string;
  /** Null for records, which belong to no service. */
  service_code: string | null;
  options: Pick<ImportOptions, 'layout' | 'interval_type' | 'time_zone' | 'columns'> & {
    /** The kinds that the caller may import; all when left out. */
    layouts?: string[];
  };
  mode: 'partial' | 'all_or_nothing';
  replace: boolean;
  dry_run: boolean;
  is_demo: boolean;
  created_by: string;
  /** Who sent the file; null when nobody did. */
  asked_by: Pick<Doer, 'kind' | 'id'> | null;
}
