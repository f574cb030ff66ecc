create or replace view api.employee_org_history as
select
  m.history_id,
  m.employee_id,
  m.department_id,
  m.position_id,
  m.site_id,
  m.supervisor_id as manager_id,
  m.valid_from as change_date,
  m.change_type,
  m.change_reason,
  null::int as created_by,
  m.created_at,
  m.valid_from,
  m.valid_to,
  m.changed_by
from org.employee_moves m;
comment on view api.employee_org_history is 'Moves of employees in the words of seed 005; over org.employee_org_history. Who made a change is a name: changed_by.';
