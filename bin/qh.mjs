#!/usr/bin/env node
/** `qh`: the command line, run by the packaged Node in the folder from which it was called. */
import { join } from 'node:path';
import { install, root } from './install.mjs';
import { runNode } from './run.mjs';

install();
process.exitCode = await runNode([join(root, 'src', 'app', 'cli.ts'), ...process.argv.slice(2)], { cwd: process.cwd() });
