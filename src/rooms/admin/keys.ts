import { implement } from '../../platform/contract/implement.ts';
import type { Keys } from '../../platform/auth/keys.ts';
import { pageOf } from '../../platform/contract/page.ts';
import { createKey, keys as listKeys, revokeKey, whoami } from './contract.ts';

/** The operations on keys, over the store of keys that also checks them. */
export function keyOperations(keys: Keys) {
  return [
    implement(whoami, async (_input, { principal }) => ({ ...principal, scopes: [...principal.scopes].toSorted() })),
    implement(listKeys, async (input) => pageOf(listKeys, await keys.list(), input)),
    implement(createKey, (input, { principal }) =>
      keys.create({
        name: input.name,
        role: input.role,
        expires_at: input.expires_at === undefined ? null : new Date(input.expires_at),
        created_by: principal.id,
      }),
    ),
    implement(revokeKey, async ({ key_id }) => {
      await keys.revoke(key_id);
      return { key_id, revoked: true };
    }),
  ];
}
