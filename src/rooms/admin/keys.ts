import type { Keys } from '../../platform/auth/keys.ts';
import { implement, type Implemented } from '../../platform/contract/implement.ts';
import { pageOf } from '../../platform/contract/page.ts';
import { QhError } from '../../platform/errors.ts';
import { createKey, keys as listKeys, revokeKey, rotateKey, updateKey } from './contract.ts';

/** The operations on keys, over the store of keys that also checks them. */
export function keyOperations(keys: Keys, operationNames: ReadonlySet<string>): Implemented[] {
  const requireKnown = (names: readonly string[] | null | undefined): void => {
    const unknown = (names ?? []).filter((name) => !operationNames.has(name));
    if (unknown.length === 0) return;
    const rule = 'is not an operation';
    throw new QhError('bad_request', `operations: ${unknown.join(', ')} ${rule}`, {
      errors: unknown.map((name) => ({ path: 'operations', rule, value: name, hint: 'Names as in the reference, such as statistics.intervals.' })),
    });
  };
  const moment = (text: string | null | undefined): Date | null => (text === null || text === undefined ? null : new Date(text));
  return [
    implement(listKeys, async (input) => pageOf(listKeys, await keys.list(), input)),
    implement(createKey, async (input, { principal, effect }) => {
      requireKnown(input.operations);
      return effect((tx) => keys.create({ ...input, expires_at: moment(input.expires_at), created_by: principal.id }, tx));
    }),
    implement(updateKey, ({ key_id, expires_at, ...change }, { effect }) => {
      requireKnown(change.operations);
      return effect(async (tx) => {
        await keys.update(key_id, { ...change, ...(expires_at === undefined ? {} : { expires_at: moment(expires_at) }) }, tx);
        return { key_id };
      });
    }),
    implement(rotateKey, ({ key_id, overlap_hours = 24 }, { principal, effect }) =>
      effect((tx) => keys.rotate(key_id, overlap_hours, principal.id, tx)),
    ),
    implement(revokeKey, ({ key_id }, { effect }) =>
      effect(async (tx) => {
        await keys.revoke(key_id, tx);
        return { key_id, revoked: true };
      }),
    ),
  ];
}
