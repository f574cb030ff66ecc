import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openSystem, type System } from '../src/app/system.ts';
import { parseConfig } from '../src/platform/config/config.ts';
import { localFile } from '../src/platform/http/local_file.ts';
import { createLog } from '../src/platform/log/log.ts';
import { importFile, type FileImport } from '../src/rooms/ingest/import_files.ts';
import { importKinds } from '../src/rooms/marketplace/imports.ts';
import { round, type Report } from './figure.ts';

/** Files of the marketplace with 200,000 rows: from the file to the commit, and the same file again, which changes nothing. */

const rows = 200_000;
const clients = 5000;
const advisors = 2000;

const id = (kind: string, n: number) => `${kind.padStart(8, '0')}-0000-4000-8000-${String(n).padStart(12, '0')}`;
const two = (n: number) => String(n).padStart(2, '0');
/** Over three years, in local time. */
const moment = (n: number, minutes: number) =>
  `${2022 + (n % 3)}-${two(1 + (n % 12))}-${two(1 + (n % 28))} ${two(n % 20)}:${two(minutes)}:${two(n % 60)}`;

/** Two parts per request, two lines per offer, an offer per request, its first line awarded. */
const files: Record<string, { head: string; count: number; row: (n: number) => string }> = {
  clients: {
    head: 'cliente_id,nombre,ciudad,email',
    count: clients,
    row: (n) => `${id('c', n)},Cliente ${n},Ciudad ${n % 40},c${n}@example.com`,
  },
  advisors: { head: 'asesor_id,nombre,ciudad,confianza', count: advisors, row: (n) => `${id('a', n)},Asesor ${n},Ciudad ${n % 40},${1 + (n % 5)}` },
  requests: {
    head: 'solicitud_id,cliente_id,ciudad_origen,created_at,estado,fecha_evaluacion,fecha_cierre,repuesto_id,nombre,marca_vehiculo,anio_vehiculo,cantidad',
    count: rows,
    row(n) {
      const request = n >> 1;
      return `${id('d', request)},${id('c', request % clients)},Ciudad ${request % 40},${moment(request, 1)},OFERTAS_ACEPTADAS,${moment(request, 20)},${moment(request, 50)},${id('e', n)},Faro,Marca ${n % 37},${1990 + (n % 30)},${1 + (n % 3)}`;
    },
  },
  offers: {
    head: 'oferta_id,solicitud_id,asesor_id,created_at,tiempo_entrega_dias,estado,repuesto_id,precio_unitario,cantidad,garantia_meses,puntaje_adjudicado',
    count: rows,
    row(n) {
      const offer = n >> 1;
      return `${id('f', offer)},${id('d', offer)},${id('a', offer % advisors)},${moment(offer, 10)},${offer % 9},ACEPTADA,${id('e', n)},${1000 + (n % 90_000)}.50,${1 + (n % 3)},${1 + (n % 24)},${n % 2 === 0 ? 80 : ''}`;
    },
  },
};

async function write(folder: string, name: string): Promise<string> {
  const { head, count, row } = files[name]!;
  const file = path.join(folder, `${name}.csv`);
  const lines = function* () {
    yield `${head}\n`;
    for (let n = 0; n < count; n++) yield `${row(n)}\n`;
  };
  await pipeline(Readable.from(lines()), createWriteStream(file));
  return file;
}

export async function importFiles(report: Report): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'qh-bench-marketplace-import-'));
  const config = parseConfig({ QH_DATA_DIR: path.join(folder, 'var'), QH_DEMO: '0', QH_LOG_LEVEL: 'silent' });
  const system: System = await openSystem(config, createLog({ level: 'silent', readable: false }), 'command', 'bench');
  const services: FileImport = {
    db: system.db,
    log: system.log,
    kinds: importKinds,
    dataDir: config.dataDir,
    receive: localFile,
    createdBy: 'bench',
  };
  try {
    for (const name of Object.keys(files)) {
      const file = await write(folder, name);
      for (const turn of files[name]!.count < rows ? ['first'] : ['first', 'again']) {
        const phases: string[] = [];
        const start = performance.now();
        const record = await importFile(file, {}, services, ({ phase }) => {
          if (phases.at(-1)?.startsWith(`${phase} `) !== true) phases.push(`${phase} ${round((performance.now() - start) / 1000, 1)}`);
        });
        const seconds = (performance.now() - start) / 1000;
        if (record.rows_valid !== files[name]!.count) throw new Error(JSON.stringify(record));
        if (process.env.QH_BENCH_PHASES) process.stderr.write(`${name} ${turn}: ${round(seconds, 1)} s; ${phases.join(', ')}\n`);
        if (files[name]!.count < rows) continue;
        report({
          name: `import of ${rows.toLocaleString('en')} rows of marketplace_${name}, file to commit${turn === 'again' ? ', the same file again' : ''}`,
          value: Math.round(rows / seconds),
          unit: 'rows/s',
          ...(turn === 'first' ? { goal: '≥ 20,000', reached: rows / seconds >= 20_000 } : {}),
        });
      }
    }
  } finally {
    await system.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
