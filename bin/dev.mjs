/** `npm run dev`: the server restarted on changes, the pages with hot reload, and a generator of life-like calls. */
import { install } from './install.mjs';
import { runNode } from './run.mjs';

install();

const stopped = await Promise.race([
  runNode(['--watch-path=src', '--watch-preserve-output', 'src/app/cli.ts', 'start', ...process.argv.slice(2)]),
  runNode(['node_modules/vite/bin/vite.js', 'web', '--clearScreen', 'false']),
  // Without the generator the rest is still of use.
  runNode(['src/app/cli.ts', 'demo', 'live'], { stdio: ['ignore', 'ignore', 'inherit'] }).then((code) => {
    console.error(`the generator of calls stopped (${code})`);
    return new Promise(() => {});
  }),
]);
process.kill(process.pid, 'SIGTERM');
process.exitCode = stopped;
