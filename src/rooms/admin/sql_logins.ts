import { requireNoMore } from '../../platform/auth/require_no_more.ts';
import type { LoginScope, SqlLogins } from '../../platform/auth/sql_logins.ts';
import type { Principal } from '../../platform/auth/principal.ts';
import { implement, type Implemented } from '../../platform/contract/implement.ts';
import type { OutputOf } from '../../platform/contract/operation.ts';
import { pageOf } from '../../platform/contract/page.ts';
import { createSqlLogin, dropSqlLogin, sqlLogins, updateSqlLogin } from './contract.ts';

type Listed = OutputOf<typeof updateSqlLogin>;

/** The operations on SQL logins: nobody gives one more than they may see themselves, nor touches one that sees more. */
export function sqlLoginOperations(store: SqlLogins): Implemented[] {
  const within = (giver: Principal, { service_ids = null, team_ids = null, cities = null }: LoginScope): void =>
    requireNoMore(giver, [], { operations: null, service_ids, team_ids, cities });
  return [
    implement(sqlLogins, async (page, { db }) => pageOf(sqlLogins, await store.list<Listed>(db), page)),
    implement(createSqlLogin, async ({ login, service_ids, team_ids, cities, ...limits }, { principal, effect }) => {
      const scope = { service_ids, team_ids, cities };
      within(principal, scope);
      return effect(async (tx) => ({ login, password: await store.create(tx, login, scope, limits, principal.id) }));
    }),
    implement(updateSqlLogin, ({ login, service_ids, team_ids, cities, ...limits }, { principal, effect }) =>
      effect(async (tx) => {
        const former = await store.find<Listed>(tx, login);
        within(principal, former);
        const given = Object.fromEntries(Object.entries({ service_ids, team_ids, cities }).filter(([, value]) => value !== undefined));
        within(principal, { ...former, ...given });
        await store.update(tx, login, given, limits);
        return store.find<Listed>(tx, login);
      }),
    ),
    implement(dropSqlLogin, ({ login }, { principal, effect }) =>
      effect(async (tx) => {
        within(principal, await store.find<Listed>(tx, login));
        await store.drop(tx, login);
        return { login };
      }),
    ),
  ];
}
