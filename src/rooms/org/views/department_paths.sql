create or replace view org.department_paths as
with recursive tree as (
  select d.department_id, d.department_name as path, case when d.department_type = 'team' then d.department_id end as team_id
  from org.departments d
  where d.parent_id is null
  union all
  select d.department_id, t.path || ' / ' || d.department_name,
    case when d.department_type = 'team' then d.department_id else t.team_id end
  from tree t
  join org.departments d on d.parent_id = t.department_id
)
select t.department_id, t.path, t.team_id
from tree t;
comment on view org.department_paths is 'Each department with its names from the root, and the team that it is or lies in.';
