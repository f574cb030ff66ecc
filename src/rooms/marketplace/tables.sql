-- marketplace: a marketplace of spare parts. Clients ask for parts, advisors offer, an evaluation awards part by part, the client answers.
-- Its months are those of Colombia, which has no summer time.

create table marketplace.municipios (
  id uuid primary key default gen_random_uuid(),
  codigo_dane text not null unique check (codigo_dane ~ '^\d{5}$'),
  municipio text not null check (municipio <> ''),
  municipio_norm text not null check (municipio_norm <> ''),
  departamento text not null check (departamento <> ''),
  area_metropolitana text,
  hub_logistico text not null check (hub_logistico <> ''),
  poblacion int check (poblacion >= 0),
  clasificacion text check (clasificacion in ('PRINCIPALES', 'SECUNDARIAS', 'TERCIARIAS')),
  created_at timestamptz not null default platform.now(),
  updated_at timestamptz not null default platform.now()
);
comment on table marketplace.municipios is 'Municipalities of Colombia with the codes of DANE (DIVIPOLA).';
comment on column marketplace.municipios.municipio_norm is 'The name in capitals without accents, by which it is looked up.';
comment on column marketplace.municipios.hub_logistico is 'The city from which parts are delivered.';

create table marketplace.usuarios (
  id uuid primary key default gen_random_uuid(),
  email text unique check (email like '%_@_%' and length(email) <= 254),
  telefono text check (telefono ~ '^\+57\d{10}$'),
  nombre text not null check (nombre <> '' and length(nombre) <= 255),
  apellido text,
  rol text not null check (rol in ('ADMIN', 'ADVISOR', 'ANALYST', 'SUPPORT', 'CLIENT')),
  estado text not null default 'ACTIVO' check (estado in ('ACTIVO', 'INACTIVO', 'SUSPENDIDO', 'BLOQUEADO')),
  es_demo boolean not null default false,
  created_at timestamptz not null default platform.now(),
  updated_at timestamptz not null default platform.now()
);
comment on table marketplace.usuarios is 'People of the marketplace: clients and advisors among them.';

create table marketplace.clientes (
  id uuid primary key default gen_random_uuid(),
  usuario_id uuid not null unique references marketplace.usuarios (id),
  municipio_id uuid references marketplace.municipios (id),
  ciudad text not null check (ciudad <> ''),
  departamento text,
  es_demo boolean not null default false,
  created_at timestamptz not null default platform.now(),
  updated_at timestamptz not null default platform.now()
);
comment on table marketplace.clientes is 'Who asks for parts.';

create table marketplace.asesores (
  id uuid primary key default gen_random_uuid(),
  usuario_id uuid not null unique references marketplace.usuarios (id),
  municipio_id uuid references marketplace.municipios (id),
  ciudad text not null check (ciudad <> ''),
  departamento text,
  punto_venta text,
  confianza numeric(3, 2) not null default 3.0 check (confianza between 1 and 5),
  actividad_reciente_pct numeric(5, 2) not null default 0 check (actividad_reciente_pct between 0 and 100),
  desempeno_historico_pct numeric(5, 2) not null default 0 check (desempeno_historico_pct between 0 and 100),
  estado text not null default 'ACTIVO' check (estado in ('ACTIVO', 'INACTIVO', 'SUSPENDIDO')),
  es_demo boolean not null default false,
  created_at timestamptz not null default platform.now(),
  updated_at timestamptz not null default platform.now()
);
create index asesores_ciudad on marketplace.asesores (ciudad);
comment on table marketplace.asesores is 'Who sells: advisors at a point of sale in a city.';
comment on column marketplace.asesores.confianza is 'Trust, 1 to 5.';

create table marketplace.solicitudes (
  id uuid primary key default gen_random_uuid(),
  cliente_id uuid not null references marketplace.clientes (id),
  municipio_id uuid references marketplace.municipios (id),
  estado text not null default 'ABIERTA'
    check (estado in ('ABIERTA', 'EVALUADA', 'OFERTAS_ACEPTADAS', 'OFERTAS_RECHAZADAS', 'EXPIRADA', 'CERRADA_SIN_OFERTAS')),
  nivel_actual int not null default 1 check (nivel_actual between 1 and 5),
  ciudad_origen text not null check (ciudad_origen <> ''),
  departamento_origen text,
  cliente_acepto boolean,
  fecha_evaluacion timestamptz,
  fecha_cierre timestamptz,
  es_demo boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null default platform.now(),
  mes date generated always as (make_date(
    extract(year from created_at at time zone 'America/Bogota')::int, extract(month from created_at at time zone 'America/Bogota')::int, 1)) stored,
  unique (id, mes),
  constraint solicitudes_respuesta check (cliente_acepto is not distinct from
    case estado when 'OFERTAS_ACEPTADAS' then true when 'OFERTAS_RECHAZADAS' then false end),
  constraint solicitudes_cierre check ((fecha_cierre is not null) = (estado not in ('ABIERTA', 'EVALUADA'))),
  constraint solicitudes_evaluada check (estado not in ('EVALUADA', 'OFERTAS_ACEPTADAS', 'OFERTAS_RECHAZADAS') or fecha_evaluacion is not null),
  constraint solicitudes_orden check (created_at <= fecha_evaluacion and created_at <= fecha_cierre and fecha_evaluacion <= fecha_cierre)
);
create index solicitudes_mes on marketplace.solicitudes (mes) include (estado, cliente_id, created_at, fecha_cierre);
create index solicitudes_cliente on marketplace.solicitudes (cliente_id);
comment on table marketplace.solicitudes is 'What a client asks for: a request of one or more parts.';
comment on column marketplace.solicitudes.mes is 'First day of the month of created_at in America/Bogota; the parts and offers of the request count there.';
comment on column marketplace.solicitudes.fecha_cierre is 'Moment of the event that closed the request: the client''s answer, or the expiry; null while it is open. A later edit does not move it.';
comment on constraint solicitudes_respuesta on marketplace.solicitudes is 'cliente_acepto is true for OFERTAS_ACEPTADAS, false for OFERTAS_RECHAZADAS, and empty otherwise';
comment on constraint solicitudes_cierre on marketplace.solicitudes is 'a closed request has fecha_cierre, an open one has none';
comment on constraint solicitudes_evaluada on marketplace.solicitudes is 'a request that was evaluated has fecha_evaluacion';
comment on constraint solicitudes_orden on marketplace.solicitudes is 'created_at, fecha_evaluacion and fecha_cierre come in this order';

create table marketplace.repuestos_solicitados (
  id uuid primary key default gen_random_uuid(),
  solicitud_id uuid not null,
  mes date not null,
  nombre text not null check (nombre <> ''),
  codigo text,
  marca_vehiculo text not null check (btrim(marca_vehiculo) <> ''),
  linea_vehiculo text not null default '',
  anio_vehiculo int not null check (anio_vehiculo between 1980 and 2027),
  cantidad int not null default 1 check (cantidad between 1 and 10000),
  es_urgente boolean not null default false,
  created_at timestamptz not null default platform.now(),
  unique (id, solicitud_id),
  foreign key (solicitud_id, mes) references marketplace.solicitudes (id, mes) on update cascade on delete cascade
);
create index repuestos_solicitados_solicitud on marketplace.repuestos_solicitados (solicitud_id);
create index repuestos_solicitados_mes on marketplace.repuestos_solicitados (mes) include (marca_vehiculo);
comment on table marketplace.repuestos_solicitados is 'A part that a request asks for.';

create table marketplace.ofertas (
  id uuid primary key default gen_random_uuid(),
  solicitud_id uuid not null,
  mes date not null,
  asesor_id uuid not null references marketplace.asesores (id),
  tiempo_entrega_dias int not null check (tiempo_entrega_dias between 0 and 90),
  estado text not null default 'ENVIADA' check (estado in ('ENVIADA', 'GANADORA', 'NO_SELECCIONADA', 'EXPIRADA', 'RECHAZADA', 'ACEPTADA')),
  origen text not null default 'FORM' check (origen in ('FORM', 'EXCEL')),
  created_at timestamptz not null,
  updated_at timestamptz not null default platform.now(),
  unique (id, solicitud_id, mes),
  foreign key (solicitud_id, mes) references marketplace.solicitudes (id, mes) on update cascade on delete cascade
);
create index ofertas_solicitud on marketplace.ofertas (solicitud_id);
create index ofertas_mes on marketplace.ofertas (mes) include (asesor_id, estado, tiempo_entrega_dias);
create index ofertas_asesor on marketplace.ofertas (asesor_id, created_at);
comment on table marketplace.ofertas is 'What an advisor offers for a request; its lines are in ofertas_detalle.';
comment on column marketplace.ofertas.mes is 'Month of the request, not of the offer.';

create table marketplace.ofertas_detalle (
  id uuid primary key default gen_random_uuid(),
  oferta_id uuid not null,
  solicitud_id uuid not null,
  mes date not null,
  repuesto_solicitado_id uuid not null,
  precio_unitario numeric(12, 2) not null check (precio_unitario between 1000 and 50000000),
  cantidad int not null default 1 check (cantidad between 1 and 10000),
  garantia_meses int not null check (garantia_meses between 1 and 60),
  tiempo_entrega_dias int not null default 0 check (tiempo_entrega_dias between 0 and 90),
  origen text,
  created_at timestamptz not null default platform.now(),
  unique (oferta_id, repuesto_solicitado_id, solicitud_id),
  -- The request and its month come with the offer: one key more to check would say nothing new.
  foreign key (oferta_id, solicitud_id, mes) references marketplace.ofertas (id, solicitud_id, mes) on update cascade on delete cascade,
  foreign key (repuesto_solicitado_id, solicitud_id) references marketplace.repuestos_solicitados (id, solicitud_id) on delete cascade
);
create index ofertas_detalle_mes on marketplace.ofertas_detalle (mes) include (precio_unitario, cantidad, garantia_meses);
create index ofertas_detalle_repuesto on marketplace.ofertas_detalle (repuesto_solicitado_id);
comment on table marketplace.ofertas_detalle is 'A line of an offer: one part with its price in pesos (COP), warranty in months and delivery in days.';

create table marketplace.evaluaciones (
  id uuid primary key default gen_random_uuid(),
  solicitud_id uuid not null references marketplace.solicitudes (id) on delete cascade,
  duracion_ms int check (duracion_ms >= 0),
  created_at timestamptz not null
);
create index evaluaciones_solicitud on marketplace.evaluaciones (solicitud_id);
comment on table marketplace.evaluaciones is 'An evaluation of the offers for a request.';

create table marketplace.evaluaciones_asesores_temp (
  id uuid primary key default gen_random_uuid(),
  solicitud_id uuid not null references marketplace.solicitudes (id) on delete cascade,
  asesor_id uuid not null references marketplace.asesores (id),
  puntaje_total numeric(5, 2) not null check (puntaje_total between 0 and 100),
  nivel_entrega int not null check (nivel_entrega between 1 and 5),
  canal text not null default 'WHATSAPP' check (canal in ('WHATSAPP', 'PUSH', 'EMAIL', 'SMS')),
  tiempo_espera_min int not null default 15 check (tiempo_espera_min >= 0),
  created_at timestamptz not null,
  unique (solicitud_id, asesor_id)
);
create index evaluaciones_asesores_temp_asesor on marketplace.evaluaciones_asesores_temp (asesor_id, created_at desc, id) include (nivel_entrega);
comment on table marketplace.evaluaciones_asesores_temp is 'How an advisor was rated for a request, which decides at which level (1 first, 5 last) the request reaches them.';

create table marketplace.adjudicaciones_repuesto (
  id uuid primary key default gen_random_uuid(),
  solicitud_id uuid not null,
  oferta_id uuid not null,
  repuesto_solicitado_id uuid not null,
  puntaje_obtenido numeric(5, 2) not null default 0 check (puntaje_obtenido between 0 and 100),
  created_at timestamptz not null,
  unique (solicitud_id, repuesto_solicitado_id),
  foreign key (oferta_id, repuesto_solicitado_id, solicitud_id)
    references marketplace.ofertas_detalle (oferta_id, repuesto_solicitado_id, solicitud_id) on delete cascade
);
create index adjudicaciones_repuesto_oferta on marketplace.adjudicaciones_repuesto (oferta_id);
comment on table marketplace.adjudicaciones_repuesto is 'A part awarded to the line of one offer; a part of a request is awarded once.';

create table marketplace.historial_respuestas_ofertas (
  id uuid primary key default gen_random_uuid(),
  asesor_id uuid not null references marketplace.asesores (id),
  solicitud_id uuid not null references marketplace.solicitudes (id) on delete cascade,
  fecha_envio timestamptz not null,
  fecha_vista timestamptz,
  respondio boolean not null default false,
  tiempo_respuesta_seg int check (tiempo_respuesta_seg >= 0),
  created_at timestamptz not null default platform.now(),
  constraint historial_respuesta check (respondio = (tiempo_respuesta_seg is not null)),
  constraint historial_vista check (fecha_envio <= fecha_vista)
);
create index historial_respuestas_ofertas_envio on marketplace.historial_respuestas_ofertas (fecha_envio) include (asesor_id, respondio, tiempo_respuesta_seg);
create index historial_respuestas_ofertas_solicitud on marketplace.historial_respuestas_ofertas (solicitud_id);
comment on table marketplace.historial_respuestas_ofertas is 'A notification of a request that an advisor got, and whether they answered.';
comment on constraint historial_respuesta on marketplace.historial_respuestas_ofertas is 'who answered has tiempo_respuesta_seg, who did not has none';
comment on constraint historial_vista on marketplace.historial_respuestas_ofertas is 'nothing is seen before it was sent';

create table marketplace.ofertas_historicas (
  id uuid primary key default gen_random_uuid(),
  asesor_id uuid not null references marketplace.asesores (id),
  solicitud_id uuid not null references marketplace.solicitudes (id) on delete cascade,
  fecha timestamptz not null,
  monto_total numeric(14, 2) check (monto_total >= 0),
  tiempo_respuesta_seg int check (tiempo_respuesta_seg >= 0),
  adjudicada boolean not null default false,
  aceptada_cliente boolean not null default false,
  entrega_exitosa boolean not null default false,
  created_at timestamptz not null default platform.now(),
  constraint historicas_orden check ((adjudicada or not aceptada_cliente) and (aceptada_cliente or not entrega_exitosa))
);
create index ofertas_historicas_fecha on marketplace.ofertas_historicas (fecha)
  include (asesor_id, adjudicada, aceptada_cliente, entrega_exitosa, tiempo_respuesta_seg, monto_total);
create index ofertas_historicas_asesor on marketplace.ofertas_historicas (asesor_id, fecha);
create index ofertas_historicas_solicitud on marketplace.ofertas_historicas (solicitud_id);
comment on table marketplace.ofertas_historicas is 'What became of each offer of an advisor: awarded, accepted by the client, delivered.';
comment on constraint historicas_orden on marketplace.ofertas_historicas is 'only what was awarded is accepted, and only what was accepted is delivered';

create table marketplace.auditoria_tiendas (
  id uuid primary key default gen_random_uuid(),
  asesor_id uuid not null references marketplace.asesores (id),
  auditor_id uuid references marketplace.usuarios (id),
  fecha_revision timestamptz not null,
  estado text not null check (estado in ('APROBADA', 'OBSERVACIONES', 'RECHAZADA')),
  puntaje_confianza numeric(3, 2) not null check (puntaje_confianza between 1 and 5),
  observaciones text,
  created_at timestamptz not null default platform.now()
);
create index auditoria_tiendas_asesor on marketplace.auditoria_tiendas (asesor_id, fecha_revision);
comment on table marketplace.auditoria_tiendas is 'An audit of an advisor''s shop.';

create table marketplace.notificaciones (
  id uuid primary key default gen_random_uuid(),
  usuario_id uuid not null references marketplace.usuarios (id),
  tipo text not null check (btrim(tipo) <> '' and length(tipo) <= 50),
  titulo text not null check (btrim(titulo) <> '' and length(titulo) <= 255),
  mensaje text not null check (btrim(mensaje) <> '' and length(mensaje) <= 4000),
  leida boolean not null default false,
  fecha_leida timestamptz,
  url_accion text check (btrim(url_accion) <> '' and length(url_accion) <= 2000),
  datos_adicionales jsonb check (jsonb_typeof(datos_adicionales) = 'object'),
  created_at timestamptz not null,
  constraint notificaciones_leida check (leida or fecha_leida is null),
  constraint notificaciones_orden check (created_at <= fecha_leida)
);
create index notificaciones_usuario on marketplace.notificaciones (usuario_id, created_at desc);
comment on table marketplace.notificaciones is 'A message to a person of the marketplace; whom a request reached stands in historial_respuestas_ofertas.';
comment on column marketplace.notificaciones.fecha_leida is 'When it was read; may be unknown of one that was.';
comment on constraint notificaciones_leida on marketplace.notificaciones is 'only what was read has fecha_leida';
comment on constraint notificaciones_orden on marketplace.notificaciones is 'nothing is read before it was sent';

create table marketplace.eventos_sistema (
  evento_id text primary key check (length(evento_id) between 1 and 200),
  tipo_evento text not null,
  entidad_id uuid,
  datos_evento jsonb not null check (jsonb_typeof(datos_evento) = 'object'),
  ocurrido_at timestamptz not null,
  created_at timestamptz not null
);
comment on table marketplace.eventos_sistema is 'Every event that was taken, once: by its id.';

create table marketplace.eventos_metricas (
  metrica_nombre text not null,
  fecha date not null,
  dimensiones jsonb not null,
  valor bigint not null check (valor >= 0),
  primary key (metrica_nombre, fecha, dimensiones)
);
comment on table marketplace.eventos_metricas is 'Live counters: how many events of a kind happened on a day (America/Bogota), by dimensions; equal to counting eventos_sistema.';

create table marketplace.settings (
  only_row boolean primary key default true check (only_row),
  ranking_minimum_offers int not null default 0 check (ranking_minimum_offers between 0 and 10000),
  refresh_hour int not null default 1 check (refresh_hour between 0 and 23),
  refresh_minute int not null default 0 check (refresh_minute between 0 and 59),
  refresh_time_zone text not null default 'America/Bogota',
  scheduled_since timestamptz not null default platform.now(),
  ticked_at timestamptz,
  cron_ticked_at timestamptz,
  uses_pg_cron boolean not null default false,
  alerts jsonb not null default '{}' check (jsonb_typeof(alerts) = 'object')
);
insert into marketplace.settings default values;
comment on table marketplace.settings is 'The one row of settings of this room.';
comment on column marketplace.settings.ranking_minimum_offers is 'An advisor with fewer offers in the last 30 days has no rank and no percentile.';
comment on column marketplace.settings.scheduled_since is 'Since when the time of refresh holds; what it says of before was never missed.';
comment on column marketplace.settings.ticked_at is 'When the scheduler last looked whether a refresh is due.';
comment on column marketplace.settings.alerts is 'How each rule stood when it was last told, {rule: severity}: a line in the log is written where that changes.';
comment on column marketplace.settings.cron_ticked_at is 'When pg_cron last did, from whichever database its job stands in.';

create table marketplace.refresh_runs (
  run_id bigint generated by default as identity primary key,
  cause text not null check (cause in ('manual', 'scheduled', 'sql', 'demo')),
  scheduled_for timestamptz,
  is_full boolean not null,
  status text not null check (status in ('RUNNING', 'SUCCESS', 'ERROR')),
  error_message text,
  started_at timestamptz not null,
  finished_at timestamptz,
  check ((status = 'RUNNING') = (finished_at is null)),
  check ((status = 'ERROR') = (error_message is not null))
);
create index refresh_runs_scheduled on marketplace.refresh_runs (scheduled_for);
comment on table marketplace.refresh_runs is 'Each refresh of the views of key figures.';
comment on column marketplace.refresh_runs.scheduled_for is 'The planned moment that this run serves; null for one that somebody asked for.';

create table marketplace.refresh_log (
  run_id bigint not null references marketplace.refresh_runs (run_id) on delete cascade,
  view_name text not null,
  status text not null check (status in ('SUCCESS', 'ERROR')),
  duration_ms numeric(12, 1) not null,
  row_count bigint not null,
  changed_count bigint not null,
  is_incremental boolean not null,
  error_message text,
  finished_at timestamptz not null,
  primary key (run_id, view_name)
);
create index refresh_log_view on marketplace.refresh_log (view_name, finished_at desc);
comment on table marketplace.refresh_log is 'What a refresh did with each view.';
comment on column marketplace.refresh_log.changed_count is 'Rows that are new, other than before, or gone.';

create table marketplace.touched_months (mes date not null);
comment on table marketplace.touched_months is 'Months in which something was written since the last refresh, as often as it was; only they are counted anew.';

-- The two views of the seed. They are tables that a refresh brings to what their definitions (functions monthly_metrics and
-- advisor_ranking) give, row by row where something changed: nobody who reads waits, and a late row costs its month. What each column
-- means stands at the views of the same names in schema api.
create table marketplace.mv_metricas_mensuales (
  mes date primary key,
  solicitudes_creadas bigint not null, solicitudes_aceptadas bigint not null, solicitudes_rechazadas bigint not null,
  solicitudes_expiradas bigint not null, solicitudes_sin_ofertas bigint not null,
  tiempo_promedio_cierre_seg numeric,
  ofertas_totales bigint not null, ofertas_ganadoras bigint not null, ofertas_aceptadas bigint not null,
  precio_promedio_ofertas numeric, precio_minimo_ofertas numeric, precio_maximo_ofertas numeric,
  tiempo_entrega_promedio numeric, garantia_promedio_meses numeric,
  clientes_activos bigint not null, asesores_activos bigint not null, marcas_vehiculos_solicitadas bigint not null,
  volumen_transaccional_total numeric not null,
  tasa_aceptacion_pct numeric, tasa_conversion_ofertas_pct numeric, ofertas_promedio_por_solicitud numeric
);
comment on table marketplace.mv_metricas_mensuales is 'Key figures by month as of the last refresh.';

create table marketplace.mv_ranking_asesores (
  asesor_id uuid primary key, asesor_nombre text not null, asesor_email text,
  ciudad text not null, departamento text, punto_venta text,
  confianza numeric not null, nivel_actual int, estado_asesor text not null,
  actividad_reciente_pct numeric not null, desempeno_historico_pct numeric not null,
  ofertas_historicas_total bigint not null, ofertas_ganadoras bigint not null,
  ofertas_aceptadas_cliente bigint not null, entregas_exitosas bigint not null,
  tiempo_promedio_respuesta_seg numeric, monto_promedio_ofertas numeric, volumen_total_ofertas numeric not null,
  confianza_auditada numeric not null, auditorias_realizadas bigint not null, ultima_auditoria timestamptz,
  notificaciones_recibidas bigint not null, notificaciones_respondidas bigint not null, tiempo_promedio_respuesta_notif_seg numeric,
  tasa_respuesta_pct numeric, tasa_conversion_ofertas_pct numeric, tasa_exito_completo_pct numeric,
  ranking_ciudad bigint, ranking_nacional bigint,
  percentil_ofertas_ganadoras_ciudad numeric, percentil_ofertas_ganadoras_nacional numeric,
  calculado_at timestamptz not null
);
create index mv_ranking_asesores_ciudad on marketplace.mv_ranking_asesores (lower(ciudad), ranking_ciudad);
create index mv_ranking_asesores_nacional on marketplace.mv_ranking_asesores (ranking_nacional);
comment on table marketplace.mv_ranking_asesores is 'Advisors ranked by city and in the nation as of the last refresh.';

create table marketplace.ranking_history (
  ranked_on date not null,
  asesor_id uuid not null references marketplace.asesores (id) on delete cascade,
  ranking_ciudad bigint,
  ranking_nacional bigint,
  primary key (asesor_id, ranked_on)
);
comment on table marketplace.ranking_history is 'The ranks at the end of each day (America/Bogota) that had a refresh, kept for 400 days; movement is told from it.';

create table marketplace.import_loads (
  load_id bigint generated by default as identity,
  batch_id uuid not null,
  table_name text not null,
  row_id uuid not null,
  given jsonb,
  before jsonb,
  primary key (row_id, table_name, load_id)
);
create index import_loads_batch on marketplace.import_loads (batch_id);
comment on table marketplace.import_loads is 'What an import said of each row, and what stood there before, so that it can be undone also when later imports said more.';
comment on column marketplace.import_loads.given is 'The columns that it wrote; SQL null where it said what was there, or made the row; JSON null where it took the row away.';
comment on column marketplace.import_loads.before is 'The columns as they were, the whole row of one that it took away; null when the import made the row.';
