create or replace function marketplace.check_notifications(p_is_whole boolean)
returns bigint
language plpgsql volatile parallel unsafe
as $$
begin
  perform marketplace.read_import('notifications');
  insert into pg_temp.found (place, name, rule, value, expected)
  select w.place, v.name, 'ROW_CONTRADICTS', v.value, v.expected
  from pg_temp.market_rows w
  cross join lateral (
    values
      ('respondio', w.respondio::text, 'tiempo_respuesta_seg = ' || coalesce(w.tiempo_respuesta_seg::text, ''),
        w.respondio <> (w.tiempo_respuesta_seg is not null)),
      ('fecha_vista', marketplace.moment_text(w.fecha_vista), 'fecha_envio = ' || marketplace.moment_text(w.fecha_envio), w.fecha_vista < w.fecha_envio)
  ) as v (name, value, expected, is_broken)
  where v.is_broken;
  return marketplace.check_import('notifications');
end
$$;
comment on function marketplace.check_notifications(boolean) is 'Finds what keeps rows of an import of notifications out, and returns how many rows repeat another one.';
