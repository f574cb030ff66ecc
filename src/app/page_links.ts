import type { Config } from '../platform/config/config.ts';
import type { BatchRecord } from '../rooms/ingest/import_files.ts';
import type { System } from './system.ts';

/** Where the server of this installation answers at the moment; null when none does. */
export async function runningServer({ config, version }: Pick<System, 'config' | 'version'>): Promise<string | null> {
  const address = addressOf(config);
  if (address === null) return null;
  try {
    // It is on this machine: what does not answer within a second is not there.
    const response = await fetch(`${address}/ready`, { signal: AbortSignal.timeout(1000) });
    const answer = (await response.json()) as { version?: unknown };
    return answer.version === version ? address : null;
  } catch {
    return null;
  }
}

function addressOf({ host, port, tls }: Config): string | null {
  if (port === 0) return null;
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `${tls === null ? 'http' : 'https'}://${name}:${port}`;
}

/** The line that leads to what an import brought: the chart of its days, or the list of its records. */
export function linkTo(record: BatchRecord, server: string | null): string {
  if (server === null || record.dry_run || record.rows_valid === 0) return '';
  if (record.service === null) {
    const page = record.layout === 'org_employees' ? 'employees' : record.layout?.startsWith('marketplace_') === true ? 'marketplace' : null;
    return page === null ? '' : `\nsee them: ${server}/${page}`;
  }
  if (record.data_start === null || record.data_end === null) return '';
  const zone = record.time_zone ?? 'UTC';
  const day = (instant: number) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(instant);
  const search = new URLSearchParams({
    service: record.service,
    from: day(Date.parse(record.data_start)),
    to: day(Date.parse(record.data_end) - 1),
  });
  return `\nsee the chart: ${server}/intervals?${search.toString()}`;
}
