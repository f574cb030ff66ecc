import type { Command } from 'commander';
import type { UrlRole } from '../platform/db/roles.ts';
import { isRunning } from '../platform/db/embedded.ts';
import { QhError } from '../platform/errors.ts';
import { auditCommands } from './audit_commands.ts';
import { addBackup } from './backup_commands.ts';
import { loadDemo, removeDemo } from './demo.ts';
import { keyCommands } from './key_commands.ts';
import { generateCalls } from './live_calls.ts';
import { writeReference } from './reference.ts';
import { importCommand } from './import_command.ts';
import { explainCommand } from './explain_command.ts';
import { maintain } from './maintain.ts';
import { withSystem, type Terminal } from './program.ts';
import { secretCommands } from './secret_commands.ts';
import { startServer } from './server.ts';
import { userCommands } from './user_commands.ts';

const urlRoles = ['api', 'read', 'owner'] as const satisfies readonly UrlRole[];

/** The commands that are no operation of a room. */
export function addOwnCommands(program: Command, terminal: Terminal): void {
  program
    .command('start')
    .description('Start database, server and web application; Ctrl-C stops them')
    .action(() => startServer(terminal));
  program
    .command('migrate')
    .description('Bring the schema in the database up to this program')
    .action(() =>
      withSystem(terminal, async (system) => terminal.out(`${system.schema.changed ? 'schema brought up to date' : 'schema is current'}\n`)),
    );
  addDatabase(program, terminal);
  keyCommands(program, terminal);
  userCommands(program, terminal);
  auditCommands(program, terminal);
  secretCommands(program, terminal);
  addBackup(program, terminal);
  importCommand(program, terminal);
  explainCommand(program, terminal);
  program
    .command('maintain')
    .description('Fold touched buckets, make partitions ahead, refresh planner statistics')
    .action(() => withSystem(terminal, async (system) => terminal.out(`${await maintain(system)}\n`)));
  const demo = program.command('demo').description('The demo data');
  demo
    .command('load')
    .description('Load the demo, if it is not there')
    .action(() => withSystem(terminal, async (system) => terminal.out(`${await loadDemo(system, progressTo(terminal))}\n`)));
  demo
    .command('remove')
    .description('Take the demo away; real data stay')
    .action(() => withSystem(terminal, async (system) => terminal.out(`${await removeDemo(system)}\n`)));
  demo
    .command('live')
    .description('Post life-like calls of today into the demo services until Ctrl-C')
    .action(() => withSystem(terminal, (system) => generateCalls(system, progressTo(terminal), untilStopped())));
  program
    .command('docs')
    .description('Print the reference documentation from the contracts')
    .argument('[folder]', 'where to write', 'docs/reference')
    .action((folder: string) => writeReference(folder));
}

/** Progress on one line that changes; where nobody watches, a line only when the step changes. */
export function progressTo(terminal: Terminal): (text: string) => void {
  let last = '';
  return (text) => {
    if (terminal.isTerminal) return terminal.err(`\r\u001B[K${text}`);
    const step = text.replace(/ \d+ %$/, '').trim();
    if (step !== last) terminal.err(`${step}\n`);
    last = step;
  };
}

function untilStopped(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  return stop.signal;
}

function addDatabase(program: Command, terminal: Terminal): void {
  program
    .command('database')
    .description('The database behind')
    .command('url')
    .description('Print the libpq URL of the running database')
    .option('--role <role>', `one of ${urlRoles.join(', ')}`, 'api')
    .action(async ({ role }: { role: string }) => {
      if (!(urlRoles as readonly string[]).includes(role))
        throw new QhError('bad_request', `--role ${role} is not known.`, { hint: `Roles: ${urlRoles.join(', ')}` });
      const config = terminal.config();
      if (config.databaseUrl === null && !isRunning(config.dataDir))
        throw new QhError('unavailable', `No database is running on ${config.dataDir}.`, { hint: 'Start it with: npm start' });
      await withSystem(terminal, async (system) => terminal.out(`${system.databaseUrl(role as UrlRole)}\n`));
    });
}
