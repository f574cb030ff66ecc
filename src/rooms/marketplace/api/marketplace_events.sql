create or replace function api.marketplace_events(p_events jsonb)
returns table (accepted int, duplicates int, rejected jsonb, warnings jsonb)
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_event record;
  v_taken text[] := '{}';
  v_rule text;
  v_is_withheld boolean;
begin
  accepted := 0;
  duplicates := 0;
  rejected := '[]';
  warnings := '[]';
  for v_event in
    select e.value ->> 'event_id' as id, marketplace.event_name(e.value ->> 'event_type') as type, e.value ->> 'at' as at, coalesce(e.value -> 'data', '{}') as data
    from jsonb_array_elements(p_events) e
  loop
    begin
      if marketplace.metric_name(v_event.type) is null then
        raise exception using errcode = 'QH400', message = format('there is no type of event “%s”', v_event.type);
      end if;
      v_is_withheld := v_event.type = 'cliente.registrado' and marketplace.is_erased_client(v_event.data);
      if v_is_withheld then
        v_event.data := v_event.data - '{nombre,email,telefono}'::text[];
      end if;
      insert into marketplace.eventos_sistema (evento_id, tipo_evento, entidad_id, datos_evento, ocurrido_at, created_at)
      values (v_event.id, v_event.type, coalesce(v_event.data ->> 'solicitud_id', v_event.data ->> 'cliente_id')::uuid, v_event.data, v_event.at::timestamptz,
        platform.now())
      on conflict (evento_id) do nothing;
      if found then
        perform marketplace.apply_event(v_event.type, v_event.at::timestamptz, v_event.data || case when v_is_withheld then '{"nombre": "erased"}' else '{}' end::jsonb);
        v_taken := v_taken || v_event.id;
        accepted := accepted + 1;
        if v_is_withheld then
          warnings := warnings || jsonb_build_object('event_id', v_event.id, 'rule', 'PERSON_WITHHELD',
              'message', 'who has this id or address was erased; the event was taken without name, address and phone');
        end if;
      else
        duplicates := duplicates + 1;
      end if;
    exception when data_exception or integrity_constraint_violation or sqlstate 'QH400' or sqlstate 'QH409' then
      get stacked diagnostics v_rule = constraint_name;
      rejected := rejected || jsonb_build_object('event_id', v_event.id, 'rule', coalesce(nullif(v_rule, ''), sqlstate), 'message', sqlerrm);
    end;
  end loop;
  -- All counters of the call at once and in one order, so that two calls never wait for each other in a circle.
  insert into marketplace.eventos_metricas as m (metrica_nombre, fecha, dimensiones, valor)
  select c.metrica_nombre, c.fecha, c.dimensiones, count(*)
  from marketplace.event_counts c
  where c.evento_id = any (v_taken)
  group by c.metrica_nombre, c.fecha, c.dimensiones
  order by c.metrica_nombre, c.fecha, c.dimensiones
  on conflict (metrica_nombre, fecha, dimensiones) do update set valor = m.valor + excluded.valor;
  return next;
end
$$;
comment on function api.marketplace_events(jsonb) is 'Takes events, each once by its id; one that cannot be is rejected with the broken rule and leaves nothing behind; one that registers somebody erased is taken without what is personal, with a warning.';
