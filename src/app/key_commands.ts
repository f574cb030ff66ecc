import type { Command } from 'commander';
import { parseInput } from '../platform/contract/input.ts';
import type { InputOf } from '../platform/contract/operation.ts';
import { printAnswer } from '../platform/contract/print.ts';
import { createKey, keys as listKeys, revokeKey, rotateKey } from '../rooms/admin/contract.ts';
import { findServices } from './find_services.ts';
import { withSystem, type Terminal } from './program.ts';
import { runLocally } from './run_locally.ts';

interface CreateOptions {
  role: string;
  expires?: string;
  operations?: string;
  services?: string;
  teams?: string;
  cities?: string;
  json?: boolean;
}

const shownOnce = 'This is the only time that the key can be seen.\n';

/** `qh keys …`: the same operations as REST, with codes instead of ids. */
export function keyCommands(program: Command, terminal: Terminal): void {
  const keys = program.command('keys').description('API keys');
  keys
    .command('create')
    .description('Make a key; it is printed once')
    .argument('<name>', 'what or whom it is for')
    .option('--role <role>', 'what it may do: viewer, analyst, supervisor, planner, integration, admin', 'analyst')
    .option('--operations <a,b>', 'the only operations that it may call')
    .option('--services <codes>', 'the services that it may see')
    .option('--teams <ids>', 'the departments whose people it may see')
    .option('--cities <names>', 'the cities that it may see')
    .option('--expires <moment>', 'ISO 8601; never when left out')
    .option('--json', 'print JSON for programs')
    .action((name: string, options: CreateOptions) => withSystem(terminal, (system) => create(terminal, system, name, options)));
  keys
    .command('rotate')
    .description('Make a successor; the former key works on until the overlap ends')
    .argument('<key_id>', 'the part between qh_ and the second underscore')
    .option('--overlap-hours <hours>', 'for how long both work', '24')
    .option('--json', 'print JSON for programs')
    .action((keyId: string, { overlapHours, json }: { overlapHours: string; json?: boolean }) =>
      withSystem(terminal, async (system) => {
        const input = parseInput(rotateKey, { key_id: keyId, overlap_hours: overlapHours }, true) as InputOf<typeof rotateKey>;
        const made = await runLocally(system, rotateKey, input);
        terminal.out(json === true ? `${made.json}\n` : `${made.answer.key}\n`);
        if (json !== true) terminal.err(`${shownOnce}The former one works until ${made.answer.overlap_until}.\n`);
      }),
    );
  keys
    .command('list')
    .description('List the keys, never their secrets')
    .option('--json', 'print JSON for programs')
    .action(({ json }: { json?: boolean }) =>
      withSystem(terminal, async (system) => {
        const { answer } = await runLocally(system, listKeys, { limit: 100_000 });
        const list = JSON.stringify(answer.items);
        terminal.out(`${json === true ? list : printAnswer(list, terminal.width)}\n`);
      }),
    );
  keys
    .command('revoke')
    .description('Revoke a key, now and for good')
    .argument('<key_id>', 'the part between qh_ and the second underscore')
    .action((keyId: string) =>
      withSystem(terminal, async (system) => {
        await runLocally(system, revokeKey, { key_id: keyId });
        terminal.out(`revoked: ${keyId}\n`);
      }),
    );
}

async function create(terminal: Terminal, system: Parameters<typeof runLocally>[0], name: string, options: CreateOptions): Promise<void> {
  const texts = {
    name,
    role: options.role,
    expires_at: options.expires,
    operations: options.operations,
    team_ids: options.teams,
    cities: options.cities,
  };
  const given = Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== undefined));
  const input = parseInput(createKey, given, true) as InputOf<typeof createKey>;
  if (options.services !== undefined) input.service_ids = await findServices(system.db, options.services.split(','));
  const made = await runLocally(system, createKey, input);
  terminal.out(options.json === true ? `${made.json}\n` : `${made.answer.key}\n`);
  if (options.json !== true) terminal.err(shownOnce);
}
