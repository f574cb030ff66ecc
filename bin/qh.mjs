#!/usr/bin/env node
/** `qh`: the command line, run by the packaged Node in the folder from which it was called. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { install, root } from './install.mjs';
import { runNode } from './run.mjs';

// A checkout runs its sources; an installed package has only what was built of them.
const source = join(root, 'src', 'app', 'cli.ts');
const isCheckout = existsSync(source);
if (isCheckout) install();
process.exitCode = await runNode([isCheckout ? source : join(root, 'dist', 'app', 'cli.js'), ...process.argv.slice(2)], { cwd: process.cwd() });
