create or replace view api.reporting_relationships as
select
  m.history_id::int as relationship_id,
  m.employee_id,
  coalesce(m.supervisor_id, b.manager_id) as manager_id,
  case when m.supervisor_id is null then 'department_manager' else 'supervisor' end as relationship_type,
  m.department_id as organization_unit_id,
  t.team_id,
  null::numeric as reporting_percentage,
  null::text as authority_level,
  null::text[] as decision_making_scope,
  null::text[] as approval_authorities,
  null::text[] as delegation_permissions,
  null::int[] as escalation_path,
  (d.deputies -> 0 ->> 'employee_id')::int as backup_manager_id,
  m.valid_from as effective_from,
  m.valid_to - 1 as effective_until,
  true as is_primary_relationship,
  null::text as relationship_context,
  null::boolean as performance_review_responsibility,
  null::numeric as budget_approval_limit,
  null::boolean as hiring_authority,
  null::boolean as termination_authority,
  null::boolean as compensation_authority,
  null::boolean as promotion_authority,
  null::boolean as training_approval_authority,
  null::boolean as travel_approval_authority,
  null::numeric as expense_approval_limit,
  null::boolean as time_off_approval_authority,
  null::boolean as schedule_modification_authority,
  null::boolean as goal_setting_authority,
  null::boolean as development_plan_authority,
  null::boolean as disciplinary_action_authority,
  null::boolean as recognition_authority,
  null::text as confidentiality_level,
  null::text[] as compliance_responsibilities,
  null::text as reporting_frequency,
  null::jsonb as communication_preferences,
  null::jsonb as meeting_schedule,
  null::jsonb as feedback_mechanisms,
  null::jsonb as performance_indicators,
  null::jsonb as relationship_history,
  null::jsonb as transition_plan,
  null::boolean as succession_readiness,
  null::boolean as mentoring_responsibilities,
  null::boolean as coaching_responsibilities,
  m.created_at,
  null::int as created_by,
  null::timestamptz as updated_at,
  null::int as updated_by
from org.employee_moves m
join org.department_paths t on t.department_id = m.department_id
left join org.department_rows d on d.department_id = m.department_id
left join lateral (
  -- The nearest department that somebody else manages.
  select u.manager_id
  from org.departments o
  join org.departments u on o.hierarchy_path like u.hierarchy_path || '%' and u.manager_id <> m.employee_id
  where o.department_id = m.department_id
  order by u.hierarchy_level desc
  limit 1
) b on true
where coalesce(m.supervisor_id, b.manager_id) is not null;
comment on view api.reporting_relationships is 'Who reports to whom and when, in the words of seed 010; over org.employee_org_history: the supervisor that is named, else the manager of the department.';
