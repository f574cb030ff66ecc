create or replace function marketplace.create_demo(p_municipalities jsonb, p_requests int)
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  insert into marketplace.municipios
    (id, codigo_dane, municipio, municipio_norm, departamento, area_metropolitana, hub_logistico, poblacion, clasificacion)
  select marketplace.demo_id('municipality', m.codigo_dane::bigint), m.codigo_dane, m.municipio,
    translate(upper(m.municipio), 'ÁÉÍÓÚÜÑ', 'AEIOUUN'), m.departamento, m.area_metropolitana, m.hub_logistico, m.poblacion, m.clasificacion
  from jsonb_to_recordset(p_municipalities) as m (codigo_dane text, municipio text, departamento text, area_metropolitana text, hub_logistico text,
    poblacion int, clasificacion text)
  on conflict (codigo_dane) do nothing;
  perform marketplace.create_demo_people();
  perform marketplace.create_demo_requests(p_requests);
  perform marketplace.create_demo_offers(p_requests);
  perform marketplace.create_demo_history();
  perform api.marketplace_events(jsonb_build_array(jsonb_build_object('event_id', 'demo-1', 'event_type', 'cliente.registrado', 'at', platform.now(),
    'data', jsonb_build_object('cliente_id', marketplace.demo_id('registered', 1), 'nombre', 'Sofía', 'ciudad', 'Cali', 'canal', 'WHATSAPP'))));
  update marketplace.usuarios u set es_demo = true where u.id = marketplace.demo_id('registered', 1);
  update marketplace.clientes c set es_demo = true where c.id = marketplace.demo_id('registered', 1);
end
$$;
comment on function marketplace.create_demo(jsonb, int) is 'Fills the marketplace with 13 months of a demo; what is there already stays.';
