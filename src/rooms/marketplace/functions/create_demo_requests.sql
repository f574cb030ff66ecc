create or replace function marketplace.create_demo_requests(p_count int)
returns void
language sql volatile parallel unsafe
as $$
  insert into marketplace.solicitudes
    (id, cliente_id, ciudad_origen, departamento_origen, created_at, estado, cliente_acepto, fecha_evaluacion, fecha_cierre, es_demo)
  select marketplace.demo_id('request', n), c.id, c.ciudad, c.departamento, t.at, t.state,
    case t.state when 'OFERTAS_ACEPTADAS' then true when 'OFERTAS_RECHAZADAS' then false end,
    case when t.state in ('EVALUADA', 'OFERTAS_ACEPTADAS', 'OFERTAS_RECHAZADAS') then t.at + interval '20 minutes' end,
    case when t.state not in ('ABIERTA', 'EVALUADA') then t.at + make_interval(mins => 30 + marketplace.demo_draw(n, 12, 1200)) end, true
  from generate_series(1, p_count) n
  join marketplace.clientes c on c.id = marketplace.demo_id('client', 49 + marketplace.demo_draw(n, 10, 200))
  cross join lateral (
    -- Later requests lie closer together: the marketplace grows.
    select platform.now() - interval '400 days' * (1 - sqrt(n::float8 / p_count)) - interval '1 hour' as at, marketplace.demo_draw(n, 11, 100) as fate
  ) d
  cross join lateral (
    select d.at, case when d.at > platform.now() - interval '2 days' then case when d.fate < 50 then 'ABIERTA' else 'EVALUADA' end
      when d.fate < 42 then 'OFERTAS_ACEPTADAS' when d.fate < 60 then 'OFERTAS_RECHAZADAS' when d.fate < 85 then 'EXPIRADA'
      else 'CERRADA_SIN_OFERTAS' end as state
  ) t
  on conflict do nothing;
  insert into marketplace.repuestos_solicitados (id, solicitud_id, mes, nombre, marca_vehiculo, linea_vehiculo, anio_vehiculo, cantidad)
  select marketplace.demo_id('part', n * 10 + k), s.id, s.mes,
    (array['Pastillas de freno', 'Filtro de aceite', 'Amortiguador', 'Bujía', 'Correa', 'Faro'])[1 + marketplace.demo_draw(n * 10 + k, 13, 6)],
    (array['Renault', 'Chevrolet', 'Mazda', 'Kia', 'Toyota', 'Nissan', 'Ford'])[1 + marketplace.demo_draw(n, 14, 7)], 'Línea', 2005 + marketplace.demo_draw(n, 15, 19),
    1 + marketplace.demo_draw(n * 10 + k, 16, 4)
  from generate_series(1, p_count) n
  join marketplace.solicitudes s on s.id = marketplace.demo_id('request', n)
  cross join lateral generate_series(1, 1 + marketplace.demo_draw(n, 17, 3)) k
  on conflict do nothing;
$$;
comment on function marketplace.create_demo_requests(int) is 'The requests of the demo over the last 400 days, with their parts.';
