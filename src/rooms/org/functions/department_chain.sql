create or replace function org.department_chain(p_department_id int)
returns setof int
language sql stable parallel safe
as $$
  select l.id::int
  from org.departments d
  cross join lateral pg_catalog.unnest(pg_catalog.string_to_array(pg_catalog.btrim(d.hierarchy_path, '/'), '/')) with ordinality as l (id, level)
  where d.department_id = p_department_id
  order by l.level desc
$$;
comment on function org.department_chain(int) is 'A department and those above it, the nearest first.';
