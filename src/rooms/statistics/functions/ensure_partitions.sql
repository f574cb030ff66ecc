create or replace function statistics.ensure_partitions(p_months date[], p_table text default 'contact_statistics')
returns int
language plpgsql volatile parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_what text := case p_table when 'contact_statistics' then 'Facts' when 'agent_activity' then 'Agent activity' end;
  v_month date;
  v_name text;
  v_from timestamptz;
  v_to timestamptz;
  v_has_rows boolean;
  v_made int := 0;
begin
  if v_what is null then
    raise exception using errcode = 'QH400',
      message = format('%L has no monthly partitions', p_table),
      hint = 'Give contact_statistics or agent_activity.';
  end if;
  for v_month in
    select distinct m.month - (extract(day from m.month)::int - 1)
    from unnest(p_months) as m (month)
    where m.month is not null
      -- Detail that was let go of does not come back, so its place does not either.
      and m.month >= coalesce((select (max(d.month) + interval '1 month')::date from statistics.dropped_months d), '-infinity')
    order by 1
  loop
    v_name := p_table || to_char(v_month, '_YYYY_MM');
    continue when to_regclass('statistics.' || v_name) is not null;
    perform pg_advisory_xact_lock(5390004, hashtext(p_table));
    -- Asked of the catalogue itself: to_regclass may still answer from a cache that did not hear of another session's commit.
    continue when exists (select from pg_class c where c.relnamespace = 'statistics'::regnamespace and c.relname = v_name);
    v_from := v_month::timestamp at time zone 'UTC';
    v_to := (v_month + interval '1 month')::timestamp at time zone 'UTC';
    -- Made by itself and attached: "create … partition of" would lock out readers of the whole table. The check spares attach a scan.
    execute format('create table statistics.%I (like statistics.%I including defaults including constraints including comments)', v_name, p_table);
    execute format('alter table statistics.%I add constraint in_month check (interval_start_time >= %L and interval_start_time < %L)', v_name, v_from, v_to);
    execute format('select exists (select from statistics.%I d where d.interval_start_time >= %L and d.interval_start_time < %L)', p_table || '_default', v_from, v_to)
    into v_has_rows;
    if v_has_rows then
      execute format('lock table statistics.%I in access exclusive mode', p_table || '_default');
      execute format(
        'with moved as (
          delete from statistics.%I d
          where d.interval_start_time >= %L and d.interval_start_time < %L
          returning d.*)
        insert into statistics.%I select m.* from moved m', p_table || '_default', v_from, v_to, v_name);
    end if;
    perform platform.protect_partition(('statistics.' || quote_ident(v_name))::regclass, ('statistics.' || quote_ident(p_table))::regclass);
    execute format('alter table statistics.%I attach partition statistics.%I for values from (%L) to (%L)', p_table, v_name, v_from, v_to);
    execute format('alter table statistics.%I drop constraint in_month', v_name);
    execute format('comment on table statistics.%I is %L', v_name, v_what || to_char(v_month, ' "of" YYYY-MM "(UTC)."'));
    v_made := v_made + 1;
  end loop;
  return v_made;
end
$$;
comment on function statistics.ensure_partitions(date[], text) is
  'Makes the monthly partitions of facts or of agent activity that are missing, past or future, and moves rows of the default partition into them; returns how many it made.';
