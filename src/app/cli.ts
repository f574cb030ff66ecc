import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseConfig } from '../platform/config/config.ts';
import { exitCodeOf, printError } from './cli_errors.ts';
import { createProgram } from './program.ts';
import { openSystem } from './system.ts';
import { createLog } from '../platform/log/log.ts';

/** `qh`: the command line. Exit code 0 done, 1 failed, 2 wrong use, 3 done with rejected rows. */

export const version: string = JSON.parse(readFileSync(path.join(import.meta.dirname, '../../package.json'), 'utf8')).version;

// A reader that has seen enough (`qh … | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const log = (level: string, readable: boolean) => createLog({ level, readable });
const program = createProgram({
  version,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  isTerminal: process.stderr.isTTY,
  width: process.stdout.columns ?? 160,
  exit: (code) => {
    process.exitCode = code;
  },
  config: () => parseConfig(process.env),
  open: (config, purpose, options) =>
    openSystem(config, log(options?.quiet === true ? 'error' : config.logLevel, config.environment === 'development'), purpose, version),
});

try {
  await program.parseAsync(process.argv);
} catch (error) {
  process.exitCode = exitCodeOf(error);
  printError(error, (text) => process.stderr.write(text), process.argv.includes('--json'));
}
