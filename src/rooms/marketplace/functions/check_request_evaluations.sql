create or replace function marketplace.check_request_evaluations(p_is_whole boolean)
returns bigint
language plpgsql volatile parallel unsafe
as $$
begin
  perform marketplace.read_import('request_evaluations');
  insert into pg_temp.found (place, name, rule, value, expected)
  select w.place, v.name, 'ROW_CONTRADICTS', v.value, v.expected
  from pg_temp.market_rows w
  join marketplace.solicitudes s on s.id = w.solicitud_id
  cross join lateral (
    values
      ('solicitud_id', s.id::text, 'estado = ABIERTA', s.estado = 'ABIERTA'),
      ('created_at', marketplace.moment_text(w.created_at), 'created_at = ' || marketplace.moment_text(s.created_at), w.created_at < s.created_at),
      ('created_at', marketplace.moment_text(w.created_at), 'fecha_cierre = ' || marketplace.moment_text(s.fecha_cierre), w.created_at > s.fecha_cierre)
  ) as v (name, value, expected, is_broken)
  where v.is_broken;
  return marketplace.check_import('request_evaluations');
end
$$;
comment on function marketplace.check_request_evaluations(boolean) is 'Finds what keeps rows of an import of evaluations of requests out, and returns how many rows repeat another one.';
