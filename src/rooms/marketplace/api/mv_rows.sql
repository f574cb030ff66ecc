create or replace function api.mv_rows(p_view_name text, p_limit int default null, p_offset int default 0)
returns table (view_name text, comment text, columns jsonb, total_rows bigint, rows jsonb)
language plpgsql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_source regclass;
  v_key text;
  v_where text;
begin
  -- Where schema api shows the view, it is read there: narrowed and masked.
  select coalesce(to_regclass('api.' || quote_ident(k.view_name)), k.relation), coalesce(y.names, '1')
  into v_source, v_key
  from marketplace.kpi_views k
  left join lateral (
    select string_agg(format('t.%I', a.attname), ', ' order by array_position(i.indkey::int2[], a.attnum)) as names
    from (select x.* from pg_index x where x.indrelid = k.relation and x.indisunique and x.indexprs is null order by x.indexrelid limit 1) i
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
  ) y on true
  where k.view_name = p_view_name;
  if not found then
    raise exception using errcode = 'QH404', message = format('There is no view of key figures “%s”.', p_view_name), hint = 'marketplace.mv_status lists them.';
  end if;
  v_where := case
      when platform.sees_all_cities() then 'true'
      when exists (select from pg_attribute a where a.attrelid = v_source and a.attname = 'ciudad' and not a.attisdropped)
        then 't.ciudad::text = any (platform.visible_cities())'
      else 'false'
    end;
  select jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'comment', col_description(a.attrelid, a.attnum))
      order by a.attnum)
  into columns
  from pg_attribute a
  where a.attrelid = v_source and a.attnum > 0 and not a.attisdropped;
  execute format('select count(*) from %s t where %s', v_source, v_where) into total_rows;
  execute format(
    'select coalesce(jsonb_agg(r.shown order by r.n), ''[]'') from (select to_jsonb(t) as shown, row_number() over (order by %s) as n from %s t where %s order by n limit $1 offset $2) r',
    v_key, v_source, v_where)
  into rows
  using marketplace.check_limit(p_limit, 1000, 10000), greatest(coalesce(p_offset, 0), 0);
  view_name := p_view_name;
  comment := obj_description(v_source, 'pg_class');
  return next;
end
$$;
comment on function api.mv_rows(text, int, int) is 'The rows of any view of key figures, also of one added later, with what its columns mean; QH404 for a view that there is not.';
