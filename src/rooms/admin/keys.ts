import type { Access } from '../../platform/auth/access.ts';
import type { KeyLimits } from '../../platform/auth/keys.ts';
import type { Principal } from '../../platform/auth/principal.ts';
import { requireNoMore } from '../../platform/auth/require_no_more.ts';
import { implement, type Implemented } from '../../platform/contract/implement.ts';
import { pageOf } from '../../platform/contract/page.ts';
import { QhError } from '../../platform/errors.ts';
import { createKey, keys as listKeys, revokeKey, rotateKey, updateKey } from './contract.ts';

type StoredRights = KeyLimits & { role: string };

/** The operations on keys, over the store of keys that also checks them. */
export function keyOperations({ keys, roles }: Pick<Access, 'keys' | 'roles'>, operationNames: ReadonlySet<string>): Implemented[] {
  /** The rights of a key that is to be changed or replaced; none when there is no such key, which the store says. */
  const requireOwn = async (giver: Principal, keyId: string): Promise<StoredRights | undefined> => {
    const key = (await keys.list()).find(({ key_id }) => key_id === keyId) as StoredRights | undefined;
    if (key !== undefined) requireNoMore(giver, await roles.scopesOf(key.role), key);
    return key;
  };
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
      requireNoMore(principal, await roles.scopesOf(await roles.resolve(input.role)), input);
      return effect((tx) => keys.create({ ...input, expires_at: moment(input.expires_at), created_by: principal.id }, tx));
    }),
    implement(updateKey, async ({ key_id, expires_at, ...change }, { principal, effect }) => {
      requireKnown(change.operations);
      const key = await requireOwn(principal, key_id);
      if (key !== undefined) requireNoMore(principal, await roles.scopesOf(await roles.resolve(change.role ?? key.role)), { ...key, ...change });
      return effect(async (tx) => {
        await keys.update(key_id, { ...change, ...(expires_at === undefined ? {} : { expires_at: moment(expires_at) }) }, tx);
        return { key_id };
      });
    }),
    implement(rotateKey, async ({ key_id, overlap_hours = 24 }, { principal, effect }) => {
      await requireOwn(principal, key_id);
      return effect((tx) => keys.rotate(key_id, overlap_hours, principal.id, tx));
    }),
    implement(revokeKey, async ({ key_id }, { principal, effect }) => {
      // Its own a key may end, whatever it may do otherwise.
      if (principal.id !== key_id) await requireOwn(principal, key_id);
      return effect(async (tx) => {
        await keys.revoke(key_id, tx);
        return { key_id, revoked: true };
      });
    }),
  ];
}
