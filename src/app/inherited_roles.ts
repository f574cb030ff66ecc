import type { Lent } from '../platform/auth/users.ts';
import type { Db } from '../platform/db/pool.ts';

/**
 * What somebody has besides their own, as long as they stand in for the manager of a department: the manager's role on the manager's
 * services, for the people of that department as far as the manager sees them. Of who administers no role is lent, as who leads a
 * department is not therefore to be replaced there too: the deputy does with its people what they may do themselves. A manager who does
 * not sign in has nothing to lend.
 */
export async function inheritedRoles(userId: string, db: Pick<Db, 'query'>): Promise<Lent[]> {
  const rows = await db.query<{ own: Lent; lent: Lent; team_ids: number[] }>(
    `select json_build_object('role', o.role, 'service_ids', o.service_ids) as own,
       json_build_object('role', u.role, 'service_ids', u.service_ids, 'team_ids', u.team_ids) as lent,
       -- The department as far as it lies in theirs, and what of theirs lies in it.
       case when u.team_ids is null then array[d.department_id]
         else array(
           select t.department_id from org.units t where t.department_id = any (u.team_ids) and starts_with(t.hierarchy_path, d.hierarchy_path)
           union
           select d.department_id
           where exists (select from org.units t where t.department_id = any (u.team_ids) and starts_with(d.hierarchy_path, t.hierarchy_path))
           order by 1)
       end as team_ids
     from org.employee_rows me
     join platform.users o on o.user_id = me.user_id
     join org.deputy_rows f on f.deputy_employee_id = me.employee_id and f.is_active
     join org.department_rows l on l.department_id = f.department_id
     join org.units d on d.department_id = f.department_id
     join org.employee_rows m on m.employee_id = l.manager_id
     join platform.users u on u.user_id = m.user_id and u.status = 'active'
     where me.user_id = $1 and u.user_id <> me.user_id
     order by f.deputy_id`,
    [userId],
  );
  return rows.map(({ own, lent, team_ids }) => {
    // Who is limited to services alone sees nobody, and so does who stands in for them.
    const teamIds = lent.team_ids === null && lent.service_ids !== null ? [] : team_ids;
    if (lent.role !== 'admin') return { role: lent.role, service_ids: lent.service_ids, team_ids: teamIds };
    return { role: own.role, service_ids: common(own.service_ids, lent.service_ids), team_ids: teamIds };
  });
}

const common = (some: number[] | null, others: number[] | null): number[] | null =>
  some === null ? others : others === null ? some : some.filter((id) => others.includes(id));
