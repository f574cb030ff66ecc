create or replace view org.units as
select d.department_id, d.department_code, d.department_name, d.department_type, d.hierarchy_path
from org.departments d
where d.deleted_at is null;
comment on view org.units is 'For other rooms: the departments and teams there are, with their place in the tree.';
