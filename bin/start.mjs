/** `npm start`: installs what is missing, builds the pages when stale, and starts Quarterhour. */
import { buildWeb } from './build-web.mjs';
import { install } from './install.mjs';
import { runNode } from './run.mjs';

install();
await buildWeb();
process.exitCode = await runNode(['src/app/cli.ts', 'start', ...process.argv.slice(2)]);
