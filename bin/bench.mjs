/** `npm run bench [-- <room>]`: the performance figures, as ratios measured side by side. */
import { buildWeb } from './build-web.mjs';
import { install } from './install.mjs';
import { runNode } from './run.mjs';

install();
await buildWeb();
process.exitCode = await runNode(['bench/bench.ts', ...process.argv.slice(2)]);
