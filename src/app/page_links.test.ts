import { expect, test } from 'vitest';
import type { BatchRecord } from '../rooms/ingest/import_files.ts';
import { openTestSystem } from '../../test/system.ts';
import { linkTo, runningServer } from './page_links.ts';

const record = {
  service: 'ЛИНИЯ',
  layout: 'argus_report',
  time_zone: 'Asia/Yekaterinburg',
  data_start: '2025-02-28T19:00:00Z',
  data_end: '2025-03-07T19:00:00Z',
  rows_valid: 672,
  dry_run: false,
} as BatchRecord;

test('an import by command leads to the chart of its days in the zone of the service, while the server runs', async () => {
  await using qh = await openTestSystem();
  const config = { ...qh.system.config, host: '127.0.0.1', port: 0 };
  expect(await runningServer({ ...qh.system, config })).toBe(null);
  const address = await qh.app.listen({ host: '127.0.0.1', port: 0 });
  const port = Number(new URL(address).port);
  expect(await runningServer({ ...qh.system, config: { ...config, port } })).toBe(address);
  expect(await runningServer({ ...qh.system, version: 'another', config: { ...config, port } })).toBe(null);
  expect(new URL(linkTo(record, address).split(' ').at(-1)!).searchParams.toString()).toBe(
    new URLSearchParams({ service: 'ЛИНИЯ', from: '2025-03-01', to: '2025-03-07' }).toString(),
  );
});

test('what kept nothing, or holds no figures, leads to no chart', () => {
  const server = 'http://127.0.0.1:8080';
  expect(linkTo(record, null)).toBe('');
  expect(linkTo({ ...record, dry_run: true }, server)).toBe('');
  expect(linkTo({ ...record, rows_valid: 0 }, server)).toBe('');
  expect(linkTo({ ...record, service: null, layout: 'org_employees' }, server)).toBe(`\nsee them: ${server}/employees`);
  expect(linkTo({ ...record, service: null, layout: 'marketplace_offers' }, server)).toBe(`\nsee them: ${server}/marketplace`);
});
