import type { Db } from '../platform/db/pool.ts';

/**
 * The roles that somebody has besides their own: those of the managers for whom they stand in today. Administration is not
 * inherited; who leads a department is not therefore to be replaced there too.
 */
export async function inheritedRoles(userId: string, db: Pick<Db, 'query'>): Promise<string[]> {
  const rows = await db.query<{ role: string }>(
    `select distinct u.role
     from org.employee_rows me
     join org.deputy_rows f on f.deputy_employee_id = me.employee_id and f.is_active
     join org.department_rows d on d.department_id = f.department_id
     join org.employee_rows m on m.employee_id = d.manager_id
     join platform.users u on u.user_id = m.user_id and u.status = 'active' and u.role <> 'admin'
     where me.user_id = $1`,
    [userId],
  );
  return rows.map(({ role }) => role);
}
