create or replace function org.likely(p_text text, p_of text)
returns text
language sql stable parallel safe
as $$
  select ' Did you mean: ' || org.closest_codes(p_text, k.names) || '?'
  from (
    select array_agg(n.name) as names
    from (
      select t.path as name
      from org.department_paths t join org.departments d on d.department_id = t.department_id
      where p_of = 'department' and d.deleted_at is null
      union all
      select d.department_code from org.departments d where p_of = 'team' and d.department_type = 'team' and d.deleted_at is null
      union all
      select p.position_code from org.positions p where p_of = 'position'
      union all
      select s.site_code from org.sites s where p_of = 'site'
    ) n
  ) k
$$;
comment on function org.likely(text, text) is 'Which departments, teams, positions or sites somebody may have meant, as a sentence; null when none looks alike.';
