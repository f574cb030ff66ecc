/**
 * The importable client: `import { createClient, statistics } from 'quarterhour/client'`.
 *
 *     const client = createClient({ baseUrl: 'http://127.0.0.1:8080', key });
 *     const page = await client.call(statistics.intervals, { service: 'VTM', interval_minutes: 1440 });
 *
 * Input and answer of each call are typed by the operation's contract.
 */
export { createClient, ProblemError, type CallOptions, type Client, type ClientOptions } from '../platform/contract/client.ts';
export type { ChosenInputOf, ChosenOutputOf, InputOf, OutputOf } from '../platform/contract/operation.ts';
export * as admin from '../rooms/admin/contract.ts';
export * as database from '../rooms/database/contract.ts';
export * as ingest from '../rooms/ingest/contract.ts';
export * as marketplace from '../rooms/marketplace/contract.ts';
export * as org from '../rooms/org/contract.ts';
export * as quality from '../rooms/quality/contract.ts';
export * as statistics from '../rooms/statistics/contract.ts';
