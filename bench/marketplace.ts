import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { openSystem, type System } from '../src/app/system.ts';
import { parseConfig } from '../src/platform/config/config.ts';
import { createHttpServer } from '../src/platform/http/server.ts';
import { createLog } from '../src/platform/log/log.ts';
import { percentile, round, type Report } from './figure.ts';
import { importFiles } from './marketplace_import.ts';

/** The marketplace at 1 million requests and 3 million offers over three years: refresh, readers beside it, routes. */

const requests = 1_000_000;

export async function run(report: Report): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'qh-bench-marketplace-'));
  const config = parseConfig({ QH_DATA_DIR: path.join(folder, 'var'), QH_DEMO: '0', QH_LOG_LEVEL: 'silent' });
  const log = createLog({ level: 'silent', readable: false });
  const system = await openSystem(config, log, 'command', 'bench');
  const owner = new pg.Client({ connectionString: system.databaseUrl('owner') });
  await owner.connect();
  try {
    await owner.query(
      `set time zone 'UTC'; set statement_timeout = 0; set lock_timeout = 0; set work_mem = '256MB'; set maintenance_work_mem = '256MB'`,
    );
    await fill(owner);
    const full = await refresh(owner, true);
    for (const { view, ms } of full) report({ name: `full refresh of ${view}, 1 M requests and 3 M offers`, value: round(ms / 1000), unit: 's' });
    await incremental(owner, report, full);
    await besideReaders(owner, system, report);
    await routes(system, report);
  } finally {
    await owner.end();
    await system.close();
    rmSync(folder, { recursive: true, force: true });
  }
  await importFiles(report);
}

/** Generated in SQL. Keys and triggers are put back before anything is measured; the generated rows satisfy them. */
async function fill(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ statement: string; again: string }>(`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as statement,
      format('alter table %s add constraint %I %s not valid', conrelid::regclass, conname, pg_get_constraintdef(oid)) as again
    from pg_constraint where connamespace = 'marketplace'::regnamespace and contype = 'f'`);
  for (const { statement } of rows) await owner.query(statement);
  for (const table of ['solicitudes', 'repuestos_solicitados', 'ofertas', 'ofertas_detalle'])
    await owner.query(`alter table marketplace.${table} disable trigger user`);
  await owner.query(`
    insert into marketplace.usuarios (id, nombre, rol) select md5('u' || n)::uuid, 'P ' || n, case when n <= 3000 then 'ADVISOR' else 'CLIENT' end from generate_series(1, 53000) n;
    insert into marketplace.asesores (id, usuario_id, ciudad) select md5('a' || n)::uuid, md5('u' || n)::uuid, 'Ciudad ' || n % 40 from generate_series(1, 3000) n;
    insert into marketplace.clientes (id, usuario_id, ciudad) select md5('c' || n)::uuid, md5('u' || n + 3000)::uuid, 'Ciudad ' || n % 40 from generate_series(1, 50000) n;
    insert into marketplace.solicitudes (id, cliente_id, ciudad_origen, created_at, estado, cliente_acepto, fecha_evaluacion, fecha_cierre)
    select md5('s' || n)::uuid, md5('c' || 1 + abs(hashint4(n) % 50000))::uuid, 'Ciudad ' || n % 40, t.at,
      (array['OFERTAS_ACEPTADAS', 'OFERTAS_RECHAZADAS', 'EXPIRADA'])[1 + n % 3], (array[true, false, null])[1 + n % 3],
      case when n % 3 < 2 then t.at + interval '5 minutes' end, t.at + interval '1 hour'
    from generate_series(1, ${requests}) n
    cross join lateral (select now() - interval '1095 days' * (1 - n::float8 / ${requests}) - interval '2 hours' as at) t;
    insert into marketplace.repuestos_solicitados (id, solicitud_id, mes, nombre, marca_vehiculo, anio_vehiculo)
    select md5('p' || n)::uuid, s.id, s.mes, 'Faro', 'Marca ' || n % 37, 2010 from generate_series(1, ${requests}) n join marketplace.solicitudes s on s.id = md5('s' || n)::uuid
    order by s.created_at;
    insert into marketplace.ofertas (id, solicitud_id, mes, asesor_id, tiempo_entrega_dias, estado, created_at)
    select md5('o' || k || s.id)::uuid, s.id, s.mes, md5('a' || 1 + ((hashtext(s.id::text) & 1048575) + k * 7) % 3000)::uuid, k + 1,
      case when k > 0 then 'NO_SELECCIONADA' when s.cliente_acepto then 'ACEPTADA' when s.cliente_acepto is null then 'EXPIRADA' else 'RECHAZADA' end, s.created_at
    from marketplace.solicitudes s cross join generate_series(0, 2) k order by s.created_at;
    insert into marketplace.ofertas_detalle (oferta_id, solicitud_id, mes, repuesto_solicitado_id, precio_unitario, cantidad, garantia_meses)
    select o.id, o.solicitud_id, o.mes, p.id, 20000 + (hashtext(o.id::text) & 65535), 1, 6
    from marketplace.ofertas o join marketplace.repuestos_solicitados p on p.solicitud_id = o.solicitud_id order by o.created_at;
    insert into marketplace.ofertas_historicas (asesor_id, solicitud_id, fecha, monto_total, tiempo_respuesta_seg, adjudicada, aceptada_cliente, entrega_exitosa)
    select o.asesor_id, o.solicitud_id, o.created_at, 50000, hashtext(o.id::text) & 1023, o.estado <> 'NO_SELECCIONADA', o.estado = 'ACEPTADA', o.estado = 'ACEPTADA'
    from marketplace.ofertas o where o.created_at > now() - interval '120 days' order by o.created_at;
    insert into marketplace.historial_respuestas_ofertas (asesor_id, solicitud_id, fecha_envio, respondio, tiempo_respuesta_seg)
    select h.asesor_id, h.solicitud_id, h.fecha, true, 60 from marketplace.ofertas_historicas h order by h.fecha`);
  for (const { again } of rows) await owner.query(again);
  for (const table of ['solicitudes', 'repuestos_solicitados', 'ofertas', 'ofertas_detalle'])
    await owner.query(`alter table marketplace.${table} enable trigger user`);
  for (const table of [
    'solicitudes',
    'repuestos_solicitados',
    'ofertas',
    'ofertas_detalle',
    'ofertas_historicas',
    'historial_respuestas_ofertas',
    'asesores',
    'usuarios',
  ])
    await owner.query(`vacuum analyze marketplace.${table}`);
}

async function refresh(owner: pg.Client, full: boolean): Promise<{ view: string; ms: number }[]> {
  const { rows } = await owner.query<{ view_name: string; refresh_status: string; refresh_time_ms: string; error_message: string }>(
    'select * from api.refresh_all_mv($1)',
    [full],
  );
  const failed = rows.find(({ refresh_status: status }) => status !== 'SUCCESS');
  if (failed) throw new Error(failed.error_message);
  return rows.map(({ view_name: view, refresh_time_ms: ms }) => ({ view, ms: Number(ms) }));
}

const touch = `update marketplace.solicitudes set updated_at = now() where id in (select id from marketplace.solicitudes order by created_at desc limit 50)`;

async function incremental(owner: pg.Client, report: Report, full: { view: string; ms: number }[]): Promise<void> {
  const best = new Map<string, number>();
  for (let turn = 0; turn < 5; turn++) {
    await owner.query(touch);
    for (const { view, ms } of await refresh(owner, false)) best.set(view, Math.min(ms, best.get(view) ?? Number.POSITIVE_INFINITY));
  }
  for (const [view, ms] of best)
    report({
      name: `incremental refresh of ${view}`,
      value: round(ms / 1000, 3),
      unit: 's',
      goal: '≤ 0.5',
      reached: ms <= 500,
      naive: `full ${round(full.find((one) => one.view === view)!.ms / 1000)} s`,
    });
}

/** Eight readers ask again and again while a full refresh runs; whoever waits for a lock is seen in pg_stat_activity, and in the longest answer. */
async function besideReaders(owner: pg.Client, system: System, report: Report): Promise<void> {
  const state = { running: true };
  const samples: number[] = [];
  const readers = Array.from({ length: 8 }, async () => {
    const client = new pg.Client({ connectionString: system.databaseUrl('api') });
    await client.connect();
    while (state.running) {
      const start = performance.now();
      await client.query('select * from api.mv_metricas_mensuales');
      await client.query('select * from api.advisor_rankings(p_limit => 50)');
      samples.push(performance.now() - start);
    }
    await client.end();
  });
  let waiting = 0;
  const watcher = new pg.Client({ connectionString: system.databaseUrl('owner') });
  await watcher.connect();
  const watch = (async () => {
    while (state.running) {
      const { rows } = await watcher.query<{ n: string }>('select count(*) as n from pg_locks where not granted');
      waiting += Number(rows[0]!.n);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await watcher.end();
  })();
  const started = performance.now();
  await refresh(owner, true);
  const seconds = (performance.now() - started) / 1000;
  state.running = false;
  await Promise.all([...readers, watch]);
  report({
    name: 'readers that waited for a lock while a full refresh ran, 8 reading',
    value: waiting,
    unit: 'waits seen',
    goal: '0',
    reached: waiting === 0,
    naive: `${samples.length} readings in ${round(seconds)} s, p95 ${round(percentile(samples, 0.95))} ms`,
  });
}

async function routes(system: System, report: Report): Promise<void> {
  const app = await createHttpServer({ ...system, webRoot: import.meta.dirname, schemaIsCurrent: async () => true, rules: async () => [] });
  const { key } = await system.keys.create({ name: 'bench', role: 'admin', created_by: 'bench' });
  for (const route of ['monthly-metrics', 'advisor-rankings', 'top-advisors', 'city-summary', 'status', 'health', 'scheduler/status']) {
    const samples: number[] = [];
    for (let n = 0; n < 120; n++) {
      const start = performance.now();
      const { statusCode } = await app.inject({ url: `/materialized-views/${route}`, headers: { 'x-api-key': key } });
      if (statusCode !== 200) throw new Error(`${route}: ${statusCode}`);
      samples.push(performance.now() - start);
    }
    const p95 = percentile(samples.slice(20), 0.95);
    report({ name: `GET /materialized-views/${route}, p95`, value: round(p95), unit: 'ms', goal: '< 20', reached: p95 < 20 });
  }
  await app.close();
}
