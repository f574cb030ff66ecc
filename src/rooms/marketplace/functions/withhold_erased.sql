create or replace function marketplace.withhold_erased(p_kind text)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_names text[];
  v_values text;
  v_marks text;
begin
  -- The same words that an erasure leaves (platform.erase_columns).
  select array_agg(f.name), string_agg(format('%I = %L', f.name, case when t.typname = 'jsonb' then '{}' when a.attnotnull then 'erased' end), ', ')
  into v_names, v_values
  from marketplace.import_fields f
  cross join lateral unnest(f.targets) as g (target)
  join platform.personal_columns c on c.schema_name = 'marketplace' and g.target = c.table_name || '.' || c.column_name
  join pg_attribute a on a.attrelid = format('marketplace.%I', c.table_name)::regclass and a.attname = c.column_name
  join pg_type t on t.oid = a.atttypid
  where f.kind = p_kind;
  if v_names is null or not exists (select from platform.erased_marks) then
    return;
  end if;
  -- Told at a column of the file: the id of a user follows from that of the client or advisor.
  select string_agg(format('(%L::boolean, %L, %L, w.%I::text)', v.is_email, v.column_name, v.mark, v.name), ', ')
  into v_marks
  from (
    select f.type = 'email' as is_email, min(f.name) over (partition by f.type) as column_name,
      case f.type when 'email' then 'email' else 'usuario_id' end as mark, f.name
    from marketplace.import_fields f
    where f.kind = p_kind and (f.type = 'email' or f.name in ('cliente_id', 'asesor_id', 'usuario_id'))
  ) v;
  execute format(
    $query$insert into pg_temp.market_withheld (place, name)
      select w.place, m.name
      from pg_temp.market_rows w
      cross join lateral (
        select v.name from (values %s) as v (is_email, name, mark, value) where platform.is_erased(v.mark, v.value) order by v.is_email limit 1
      ) m$query$, v_marks);
  execute format('update pg_temp.market_rows w set %s from pg_temp.market_withheld h where h.place = w.place', v_values);
  -- Nor are they to stand in the findings.
  update pg_temp.found f set value = null from pg_temp.market_withheld h where h.place = f.place and f.name = any (v_names);
end
$$;
comment on function marketplace.withhold_erased(text) is 'Takes what is personal out of the rows of an import that are of somebody erased (pg_temp.market_withheld), whom a keyed hash of their id or address tells.';
