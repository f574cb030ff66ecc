#!/usr/bin/env node
/** `qh`: the command line, run by the packaged Node in the folder from which it was called. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildWeb } from './build-web.mjs';
import { install, root } from './install.mjs';
import { runNode } from './run.mjs';

// A checkout runs its sources; an installed package has only what was built of them.
const source = join(root, 'src', 'app', 'cli.ts');
const isCheckout = existsSync(source);
if (isCheckout) install();
// The server hands out the pages; other commands do without.
if (isCheckout && process.argv[2] === 'start') await buildWeb();
process.exitCode = await runNode([isCheckout ? source : join(root, 'dist', 'app', 'cli.js'), ...process.argv.slice(2)], { cwd: process.cwd() });
