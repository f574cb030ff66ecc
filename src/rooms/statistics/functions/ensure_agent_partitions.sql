create or replace function statistics.ensure_agent_partitions(p_months date[])
returns int
language plpgsql volatile parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_month date;
  v_name text;
  v_from timestamptz;
  v_to timestamptz;
  v_made int := 0;
begin
  for v_month in
    select distinct m.month - (extract(day from m.month)::int - 1)
    from unnest(p_months) as m (month)
    where m.month is not null
      -- Detail that was let go of does not come back, so its place does not either.
      and m.month >= coalesce((select (max(d.month) + interval '1 month')::date from statistics.dropped_months d), '-infinity')
    order by 1
  loop
    v_name := 'agent_activity_' || to_char(v_month, 'YYYY_MM');
    continue when to_regclass('statistics.' || v_name) is not null;
    perform pg_advisory_xact_lock(5390004, 2);
    -- Asked of the catalogue itself: to_regclass may still answer from a cache that did not hear of another session's commit.
    continue when exists (select from pg_class c where c.relnamespace = 'statistics'::regnamespace and c.relname = v_name);
    v_from := v_month::timestamp at time zone 'UTC';
    v_to := (v_month + interval '1 month')::timestamp at time zone 'UTC';
    -- Made by itself and attached, as in ensure_partitions: readers go on meanwhile.
    execute format('create table statistics.%I (like statistics.agent_activity including defaults including constraints including comments)', v_name);
    execute format('alter table statistics.%I add constraint in_month check (interval_start_time >= %L and interval_start_time < %L)', v_name, v_from, v_to);
    if exists (select from statistics.agent_activity_default d where d.interval_start_time >= v_from and d.interval_start_time < v_to) then
      lock table statistics.agent_activity_default in access exclusive mode;
      execute format(
        'with moved as (
          delete from statistics.agent_activity_default d
          where d.interval_start_time >= %L and d.interval_start_time < %L
          returning d.*)
        insert into statistics.%I select m.* from moved m', v_from, v_to, v_name);
    end if;
    execute format('alter table statistics.agent_activity attach partition statistics.%I for values from (%L) to (%L)', v_name, v_from, v_to);
    execute format('alter table statistics.%I drop constraint in_month', v_name);
    perform platform.protect_partition(('statistics.' || quote_ident(v_name))::regclass, 'statistics.agent_activity');
    execute format('comment on table statistics.%I is %L', v_name, 'Agent activity of ' || to_char(v_month, 'YYYY-MM') || ' (UTC).');
    v_made := v_made + 1;
  end loop;
  return v_made;
end
$$;
comment on function statistics.ensure_agent_partitions(date[]) is
  'Makes the monthly partitions of agent activity that are missing and moves rows of the default partition into them; returns how many it made.';
