import type { Address } from '../../router.tsx';
import { civilDate } from '../../kit/time/zone.ts';
import type { Batch } from './queries.ts';

/** Where exactly the data of an import are shown; undefined when it brought none. */
export function chartAddress(batch: Batch): Address | undefined {
  if (
    batch.service === null ||
    batch.data_start === null ||
    batch.data_end === null ||
    batch.rows_valid === 0 ||
    batch.dry_run ||
    batch.status === 'undone'
  )
    return undefined;
  const zone = batch.time_zone ?? 'UTC';
  return { service: batch.service, from: civilDate(Date.parse(batch.data_start), zone), to: civilDate(Date.parse(batch.data_end) - 1, zone) };
}
