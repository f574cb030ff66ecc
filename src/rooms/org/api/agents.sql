create or replace view api.agents as
select
  a.agent_id as id,
  a.agent_code,
  coalesce(e.first_name, a.agent_name, a.agent_code) as first_name,
  coalesce(e.last_name, '') as last_name,
  e.email,
  e.personnel_number as employee_id,
  e.hire_date,
  a.is_active and coalesce(e.is_active, true) as is_active,
  a.primary_group_id,
  a.default_shift_start,
  a.default_shift_end,
  e.time_zone,
  a.created_at,
  a.updated_at,
  coalesce(nullif(concat_ws(' ', e.first_name, e.last_name), ''), a.agent_name, a.agent_code) as name,
  case when a.is_active and coalesce(e.is_active, true) then 'active' else 'inactive' end as status,
  a.current_workload,
  a.agent_id
from org.agents a
left join org.employee_rows e on e.employee_id = a.employee_id;
comment on view api.agents is 'Agents in the words of both seeds (001: agent_code, first_name …; 003: name, status, current_workload); over org.agents and the employees behind them. employee_id is the personnel number.';
