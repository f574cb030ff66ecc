import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { adminKeyFile, ensureAdminKey } from './admin_key.ts';
import { metrics, rules } from './catalogue.ts';
import { loadDemoOnFirstStart } from './demo.ts';
import type { Terminal } from './program.ts';
import { progressTo } from './commands.ts';
import { monotonicMs } from '../platform/clock/clock.ts';
import { createHttpServer } from '../platform/http/server.ts';
import { startWorker } from './worker.ts';

/** `npm start`: everything up, then one last line `ready http://…`; Ctrl-C takes everything down in order. */
export async function startServer(terminal: Terminal): Promise<void> {
  const config = terminal.config();
  const stopped = stopSignal();
  const system = await terminal.open(config, 'server');
  try {
    await mkdir(config.excelDir, { recursive: true });
    const firstKey = await ensureAdminKey(system);
    if (firstKey !== null) terminal.err(`admin key (printed once, kept in ${adminKeyFile(config)}): ${firstKey}\n`);
    const worker = await startWorker(system);
    const app = await createHttpServer({
      ...system,
      webRoot: webRoot(),
      schemaIsCurrent: () => system.schema.isCurrent(),
      rules,
      metrics,
      processFigures: worker.figures,
    });
    try {
      await loadDemoOnFirstStart(system, progressTo(terminal));
      const url = publicUrl(await app.listen({ host: config.host, port: config.port }), config.tls !== null);
      terminal.out(`ready ${url}\n`);
      await stopped;
      terminal.err('stopping\n');
    } finally {
      await app.close();
      await worker.stop();
    }
  } finally {
    await system.close();
  }
}

/** Resolves at the first Ctrl-C or SIGTERM; one that comes more than a second later ends the process at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let askedMs = 0;
    const stop = () => {
      // A terminal's Ctrl-C reaches us twice: from the terminal, and passed on by our parent.
      if (askedMs > 0 && monotonicMs() - askedMs > 1000) process.exit(1);
      if (askedMs === 0) askedMs = monotonicMs();
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}

const webRoot = () => path.resolve(import.meta.dirname, '../../web/dist');

function publicUrl(listening: string, secure: boolean): string {
  const url = new URL(listening);
  if (secure) url.protocol = 'https:';
  return url.origin;
}
