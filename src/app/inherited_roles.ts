import type { Inherited } from '../platform/auth/users.ts';
import type { Db } from '../platform/db/pool.ts';

/**
 * What somebody has besides their own: the departments for which they stand in today, and the roles of those departments' managers.
 * Administration is not inherited; who leads a department is not therefore to be replaced there too.
 */
export async function inheritedRoles(userId: string, db: Pick<Db, 'query'>): Promise<Inherited> {
  const rows = await db.query<{ team_id: number; role: string | null }>(
    `select f.department_id as team_id, u.role
     from org.employee_rows me
     join org.deputy_rows f on f.deputy_employee_id = me.employee_id and f.is_active
     join org.department_rows d on d.department_id = f.department_id
     left join org.employee_rows m on m.employee_id = d.manager_id
     left join platform.users u on u.user_id = m.user_id and u.status = 'active' and u.role <> 'admin'
     where me.user_id = $1`,
    [userId],
  );
  const roles = rows.map(({ role }) => role).filter((role) => role !== null);
  return { roles: [...new Set(roles)], teamIds: rows.map(({ team_id }) => team_id) };
}
