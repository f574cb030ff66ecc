create or replace view api.department_deputies as
select
  f.deputy_id,
  f.department_id,
  f.deputy_employee_id,
  f.start_date,
  f.end_date,
  f.reason,
  f.delegation_scope,
  f.created_by,
  f.created_at,
  f.is_active
from org.deputy_rows f
where f.cancelled_at is null;
comment on view api.department_deputies is 'Deputies in the words of seed 005; over org.department_deputies without those that were called off.';
