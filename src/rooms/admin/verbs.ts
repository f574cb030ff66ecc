import type { Audit } from '../../platform/audit/audit.ts';
import type { Access } from '../../platform/auth/access.ts';
import type { SqlLogins } from '../../platform/auth/sql_logins.ts';
import { personalScope, selfScope } from '../../platform/auth/principal.ts';
import { implement, type Implemented } from '../../platform/contract/implement.ts';
import type { AnyOperation } from '../../platform/contract/operation.ts';
import type { EraseTraces } from '../../platform/personal/erased.ts';
import type { PersonalColumn } from '../../platform/personal/registry.ts';
import { auditOperations } from './audit.ts';
import { backupOperations } from './backups.ts';
import { allOperations } from './contract.ts';
import { eraseOperations } from './erase.ts';
import { keyOperations } from './keys.ts';
import { peopleOperations } from './people.ts';
import { sqlLoginOperations } from './sql_logins.ts';

/** The code behind the operations of this room; `operations`: those of all rooms. */
export function adminVerbs(
  access: Access,
  audit: Audit,
  logins: SqlLogins,
  operations: readonly AnyOperation[],
  columns: readonly PersonalColumn[],
  eraseTraces: EraseTraces,
): Implemented[] {
  const scopes = new Set(operations.flatMap(({ scope }) => (scope === null || scope === selfScope ? [] : [scope])));
  return [
    ...peopleOperations(access, scopes.add(personalScope)),
    ...keyOperations(access, new Set(operations.map(({ name }) => name))),
    ...auditOperations(audit),
    ...eraseOperations(access, columns, eraseTraces),
    ...backupOperations(),
    ...sqlLoginOperations(logins),
    implement(allOperations, async () => operations.map(({ name, summary, scope }) => ({ operation: name, summary, scope }))),
  ];
}

/** The records that this room's writes change, for the audit, by the input that stands in their path; secrets are not among them. */
export const auditedRecords: Record<string, string> = {
  key_id: `select to_jsonb(k) - 'secret_hash' - 'last_used_at' as record from platform.api_keys k where k.key_id = $1`,
  user_id: `select to_jsonb(u) - 'password_hash' - 'last_sign_in_at' as record from platform.users u where u.user_id = $1`,
  session_id: `select jsonb_build_object('session_id', s.session_id, 'user_id', s.user_id, 'key_id', s.key_id, 'created_at', s.created_at) as record
    from platform.sessions s where s.session_id = $1`,
  login: `select to_jsonb(l) as record from platform.sql_logins l where l.login = $1`,
  role: `select to_jsonb(r) as record from platform.roles r where r.role = $1`,
};
