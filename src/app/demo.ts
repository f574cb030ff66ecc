import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { now } from '../platform/clock/clock.ts';
import type { Db } from '../platform/db/pool.ts';
import { localFile } from '../platform/http/local_file.ts';
import { importFile } from '../rooms/ingest/import_files.ts';
import type { ImportOptions } from '../rooms/ingest/import_services.ts';
import { loadMarketplaceDemo, removeMarketplaceDemo } from '../rooms/marketplace/demo.ts';
import { importKinds } from './catalogue.ts';
import { writeDemoAgents } from './demo_agents.ts';
import { demoServices, demoWorkbooks } from './demo_services.ts';
import { writeDemoWorkbook } from './demo_workbooks.ts';
import type { System } from './system.ts';

type Tell = (text: string) => void;

/** The demo goes in once, at the first start of an installation that has nothing of its own yet. */
export async function loadDemoOnFirstStart(system: System, tell: Tell): Promise<void> {
  if (!system.config.demo || (await isLoaded(system.db)) || (await hasOwnServices(system.db))) return;
  await loadDemo(system, tell);
}

/** Makes the workbooks and imports them like anybody's. Safe to repeat: what is there already stays as it is. */
export async function loadDemo(system: System, tell: Tell): Promise<string> {
  if ((await hasDemoServices(system.db)) && (await isLoaded(system.db))) return 'the demo is there already';
  const folder = await mkdtemp(path.join(tmpdir(), 'quarterhour-demo-'));
  try {
    await makeServices(system.db);
    const queues = await system.db.query<{ code: string; name: string }>(
      'select v.queue_code as code, v.queue_name as name from org.vtm_queues v order by v.queue_code',
    );
    for (const workbook of demoWorkbooks(queues)) {
      tell(`demo: making ${workbook.filename}`);
      const { timeZone } = demoServices.find((service) => service.code === workbook.service)!;
      const file = await writeDemoWorkbook(workbook, folder, dayIn(timeZone));
      await importDemoFile(system, file, { service: workbook.service, layout: workbook.layout }, tell);
    }
    await mapByName(system.db);
    await system.db.query('select org.create_demo_people()');
    tell('demo: making the activity of the agents');
    await importDemoFile(system, await writeDemoAgents(system.db, folder, dayIn('UTC')), { layout: 'agent_activity' }, tell);
    tell('demo: the marketplace');
    await loadMarketplaceDemo(system.db);
    await system.db.query('select statistics.maintain()');
    await rememberLoaded(system.db);
    tell('demo: ready\n');
    return 'the demo is loaded';
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function importDemoFile(system: System, file: string, options: ImportOptions, tell: Tell): Promise<void> {
  const services = {
    db: system.db,
    log: system.log,
    kinds: importKinds,
    dataDir: system.config.dataDir,
    receive: localFile,
    createdBy: 'demo',
    isDemo: true,
  };
  const name = path.basename(file);
  const batch = await importFile(file, options, services, ({ phase, progress_pct: percent }) =>
    tell(`demo: ${phase} ${name} ${Math.round(percent)} %`),
  );
  if (batch.status === 'failed') throw new Error(`the demo workbook ${name} failed: ${batch.detail ?? ''}`);
  await rm(file);
}

/** Takes the demo away. A demo service into which somebody imported data of their own stays, with those data alone. */
export async function removeDemo({ db }: Pick<System, 'db'>): Promise<string> {
  const services = await db.query<{ service_id: number; service_code: string; is_used: boolean }>(
    `select s.service_id, s.service_code, ingest.has_own_data(s.service_id) as is_used
     from org.service_settings s where s.is_demo order by s.service_id`,
  );
  for (const service of services) {
    if (service.is_used) {
      await db.query('select ingest.undo_demo_batches($1)', [service.service_id]);
      await db.query('select org.keep_demo_service($1)', [service.service_id]);
    } else await db.query('select from api.delete_service($1, $2)', [service.service_id, service.service_code]);
  }
  await db.query('select ingest.undo_demo_records()');
  await db.query('select ingest.forget_demo_batches()');
  await db.query('select org.remove_demo_people()');
  await removeMarketplaceDemo(db);
  await db.query('select statistics.refresh()');
  const kept = services.filter((service) => service.is_used).map((service) => service.service_code);
  const gone = services.length - kept.length;
  return `${gone} demo services removed${kept.length > 0 ? `; kept with your own data: ${kept.join(', ')}` : ''}`;
}

async function makeServices(db: Db): Promise<void> {
  for (const { code, name, timeZone } of demoServices) {
    const [known] = await db.query('select from org.service_settings where service_code = $1', [code]);
    if (known === undefined) await db.query('select org.create_service($1, $2, $3, true)', [code, name, timeZone]);
  }
  await db.query('select org.create_vtm_queues(s.service_id) from org.service_settings s where s.service_code = $1', [demoServices[0]!.code]);
}

/** The report prints the names of the queues, so every source finds its queue by name. */
async function mapByName(db: Db): Promise<void> {
  await db.query(
    `select org.map_source(n.source_id, q.group_id)
     from org.source_names n
     join org.service_settings s on s.service_id = n.service_id and s.is_demo
     join org.queues q on q.service_id = n.service_id and q.group_name = n.external_name
     where n.external_name <> ''`,
  );
}

const dayIn = (timeZone: string): string => new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now());

async function isLoaded(db: Db): Promise<boolean> {
  const [row] = await db.query<{ loaded: boolean }>(
    `select exists (select from platform.settings where name = 'demo_loaded' and value = 'true') as loaded`,
  );
  return row?.loaded === true;
}

async function hasDemoServices(db: Db): Promise<boolean> {
  const [row] = await db.query<{ found: boolean }>('select exists (select from org.service_settings where is_demo) as found');
  return row?.found === true;
}

async function hasOwnServices(db: Db): Promise<boolean> {
  const [row] = await db.query<{ found: boolean }>('select exists (select from org.service_settings where not is_demo) as found');
  return row?.found === true;
}

/** Stays set when the demo is removed: it does not come back by itself. */
async function rememberLoaded(db: Db): Promise<void> {
  await db.query(
    `insert into platform.settings (name, value, updated_at) values ('demo_loaded', 'true', platform.now())
     on conflict (name) do update set value = excluded.value, updated_at = excluded.updated_at`,
  );
}
