import { expect, test } from 'vitest';
import type { AnyOperation } from '../platform/contract/operation.ts';
import { operations } from './catalogue.ts';
import * as client from './client.ts';

/** The contract of each room that `quarterhour/client` gives out. */
const rooms: Record<string, unknown> = { ...client };

test('every operation of the product can be imported from quarterhour/client, by its room', () => {
  const reachable = new Set<unknown>();
  for (const room of Object.values(rooms)) if (typeof room === 'object' && room !== null) for (const part of Object.values(room)) reachable.add(part);
  const missing = operations.filter((operation: AnyOperation) => !reachable.has(operation)).map(({ name }) => name);
  expect(missing).toEqual([]);
});
