/** `npm test`: every test; words after `--` go to vitest. `--chaos` adds the long kill and fuzz runs. What is skipped is named at the end. */
import { buildWeb } from './build-web.mjs';
import { install } from './install.mjs';
import { runNode } from './run.mjs';

const words = process.argv.slice(2).filter((word) => word !== '--chaos');
const chaos = process.argv.includes('--chaos');

install();
// The browser tests open the built pages.
await buildWeb();
process.exitCode = await runNode(['node_modules/vitest/vitest.mjs', 'run', ...words], { env: chaos ? { QH_CHAOS: '1' } : {} });
