create or replace function marketplace.create_demo_people()
returns void
language sql volatile parallel unsafe
as $$
  insert into marketplace.usuarios (id, email, telefono, nombre, apellido, rol, es_demo)
  select marketplace.demo_id('user', n), 'persona' || n || '@example.com', '+57300' || lpad(n::text, 7, '0'),
    (array['Ana', 'Luis', 'Marta', 'Jorge', 'Paola', 'Andrés', 'Diana', 'Camilo', 'Laura', 'Felipe'])[1 + marketplace.demo_draw(n, 1, 10)],
    (array['Gómez', 'Rojas', 'Díaz', 'Vargas', 'Castro', 'Ortiz', 'Moreno', 'Silva', 'Mejía', 'Cano', 'Pardo', 'Rey'])[1 + marketplace.demo_draw(n, 2, 12)],
    case when n <= 48 then 'ADVISOR' else 'CLIENT' end, true
  from generate_series(1, 248) n
  on conflict do nothing;
  insert into marketplace.asesores (id, usuario_id, ciudad, departamento, punto_venta, confianza, actividad_reciente_pct, desempeno_historico_pct, es_demo)
  select marketplace.demo_id('advisor', n), marketplace.demo_id('user', n), c.city, c.department, 'Repuestos ' || n,
    2 + marketplace.demo_draw(n, 3, 31) / 10.0, marketplace.demo_draw(n, 4, 101), marketplace.demo_draw(n, 5, 101), true
  from generate_series(1, 48) n
  -- The last is alone in its city.
  cross join lateral (
    select (array['Bogotá', 'Medellín', 'Cali', 'Barranquilla', 'Bucaramanga', 'Leticia'])[k] as city,
      (array['Cundinamarca', 'Antioquia', 'Valle del Cauca', 'Atlántico', 'Santander', 'Amazonas'])[k] as department
    from (select case when n = 48 then 6 else 1 + marketplace.demo_draw(n, 6, 5) end as k) t
  ) c
  on conflict do nothing;
  insert into marketplace.clientes (id, usuario_id, ciudad, departamento, es_demo)
  select marketplace.demo_id('client', n), marketplace.demo_id('user', n), a.ciudad, a.departamento, true
  from generate_series(49, 248) n
  join marketplace.asesores a on a.id = marketplace.demo_id('advisor', 1 + n % 48)
  on conflict do nothing;
  insert into marketplace.auditoria_tiendas (id, asesor_id, fecha_revision, estado, puntaje_confianza)
  select marketplace.demo_id('audit', n), marketplace.demo_id('advisor', 1 + n % 48), platform.now() - n * interval '30 hours',
    (array['APROBADA', 'APROBADA', 'OBSERVACIONES', 'RECHAZADA'])[1 + marketplace.demo_draw(n, 7, 4)], 2 + marketplace.demo_draw(n, 8, 31) / 10.0
  from generate_series(1, 130) n
  on conflict do nothing;
$$;
comment on function marketplace.create_demo_people() is 'The advisors, clients and audits of the demo.';
