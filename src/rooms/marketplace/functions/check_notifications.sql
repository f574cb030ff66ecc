create or replace function marketplace.check_notifications(p_is_whole boolean)
returns bigint
language plpgsql volatile parallel unsafe
as $$
begin
  perform marketplace.read_import('notifications');
  update pg_temp.market_rows w
  set cells = w.cells || jsonb_build_object('respondio', (w.cells ->> 'tiempo_respuesta_seg' is not null)::text)
  where w.cells ->> 'respondio' is null;
  insert into pg_temp.found (place, name, rule, value, expected)
  select w.place, v.name, 'ROW_CONTRADICTS', w.cells ->> v.name, v.other || ' = ' || coalesce(w.cells ->> v.other, '')
  from pg_temp.market_rows w
  cross join lateral (
    values
      ('respondio', 'tiempo_respuesta_seg', (w.cells ->> 'respondio')::boolean <> (w.cells ->> 'tiempo_respuesta_seg' is not null)),
      ('fecha_vista', 'fecha_envio', w.cells ->> 'fecha_vista' < w.cells ->> 'fecha_envio')
  ) as v (name, other, is_broken)
  where v.is_broken;
  return marketplace.check_import('notifications');
end
$$;
comment on function marketplace.check_notifications(boolean) is 'Finds what keeps rows of an import of notifications out, and returns how many rows repeat another one.';
