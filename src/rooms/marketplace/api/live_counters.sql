create or replace function api.live_counters(p_fecha date default null)
returns table (fecha date, metrica_nombre text, ciudad text, canal text, valor bigint)
language sql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
  select m.fecha, m.metrica_nombre, coalesce(m.dimensiones ->> 'ciudad', ''), coalesce(m.dimensiones ->> 'canal', ''), sum(m.valor)::bigint
  from marketplace.eventos_metricas m
  where (p_fecha is null or m.fecha = p_fecha)
    and (platform.sees_all_cities() or m.dimensiones ->> 'ciudad' = any (platform.visible_cities()))
  group by 1, 2, 3, 4
$$;
comment on function api.live_counters(date) is 'The live counters by day (America/Bogota), kind of event, city and channel.';
