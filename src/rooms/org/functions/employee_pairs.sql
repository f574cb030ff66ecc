create or replace function org.employee_pairs()
returns jsonb
language sql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
  -- Of the server's callers alone: a SQL login stands in for nobody, whatever it sets.
  select case when session_user = 'qh_server' and coalesce(current_setting('qh.pairs', true), '') <> '' then (
      select coalesce(jsonb_object_agg(p.employee_id, p.services), '{}')
      from (
        select h.employee_id, case when bool_or(s.services is null) then 'true'::jsonb else to_jsonb(array_agg(distinct i.service_id)) end as services
        from jsonb_to_recordset(current_setting('qh.pairs', true)::jsonb) as s (services int[], teams int[])
        join org.departments t on t.department_id = any (s.teams)
        join org.departments d on d.hierarchy_path like t.hierarchy_path || '%'
        join org.employee_org_history h on h.department_id = d.department_id
          and (h.valid_to is null or h.valid_to > (select c.today from org.current_day c))
        left join lateral unnest(s.services) as i (service_id) on true
        group by h.employee_id
      ) p) end
$$;
comment on function org.employee_pairs() is 'Of a caller who stands in for others: each employee whom they see, with the services on which they see them (true: all); null for whom services and people need no such pairing.';
