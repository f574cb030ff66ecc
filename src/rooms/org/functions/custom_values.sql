create or replace function org.custom_values(p_entity text, p_field_name text)
returns setof jsonb
language sql stable parallel safe
as $$
  select e.custom -> p_field_name from org.employees e where p_entity = 'employee' and e.custom ? p_field_name
  union all
  select d.custom -> p_field_name from org.departments d where p_entity = 'department' and d.custom ? p_field_name
  union all
  select s.custom -> p_field_name from org.sites s where p_entity = 'site' and s.custom ? p_field_name
  union all
  select p.custom -> p_field_name from org.positions p where p_entity = 'position' and p.custom ? p_field_name
$$;
comment on function org.custom_values(text, text) is 'The values that a custom field has, one per row that has one.';
