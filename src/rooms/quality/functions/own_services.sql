create or replace function quality.own_services()
returns int[]
language sql
stable
parallel safe
as $$
  -- As sets are compared, in order; null stays null: all.
  select case when v.ids is not null then (select coalesce(array_agg(s.id order by s.id), '{}') from unnest(v.ids) s (id)) end
  from platform.visible_services() v (ids)
$$;
comment on function quality.own_services() is 'The services that the caller may see, in order; null: all.';
