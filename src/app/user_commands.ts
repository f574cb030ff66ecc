import type { Command } from 'commander';
import { parseInput } from '../platform/contract/input.ts';
import type { InputOf } from '../platform/contract/operation.ts';
import { printAnswer } from '../platform/contract/print.ts';
import { inviteUser, resetUser, updateUser, users as listUsers } from '../rooms/admin/contract.ts';
import { findServices } from './find_services.ts';
import { withSystem, type Terminal } from './program.ts';
import { runLocally } from './run_locally.ts';
import type { System } from './system.ts';

interface InviteOptions {
  role: string;
  name?: string;
  email?: string;
  locale?: string;
  services?: string;
  teams?: string;
  json?: boolean;
}

/** `qh users …`: people who sign in, by their logins. */
export function userCommands(program: Command, terminal: Terminal): void {
  const users = program.command('users').description('People who sign in');
  users
    .command('invite')
    .description('Add a person; prints the link by which they set their password')
    .argument('<login>', 'name to sign in by, for instance the e-mail address')
    .option('--role <role>', 'viewer, agent, analyst, supervisor, planner or admin', 'viewer')
    .option('--name <name>', 'how the person is called')
    .option('--email <address>', 'e-mail address')
    .option('--locale <en|ru|es>', 'language of the pages')
    .option('--services <codes>', 'the only services that they may see')
    .option('--teams <ids>', 'the only departments whose people they may see')
    .option('--json', 'print JSON for programs')
    .action((login: string, options: InviteOptions) => withSystem(terminal, (system) => invite(terminal, system, login, options)));
  users
    .command('list')
    .description('List the people who sign in')
    .option('--json', 'print JSON for programs')
    .action(({ json }: { json?: boolean }) =>
      withSystem(terminal, async (system) => {
        const { answer } = await runLocally(system, listUsers, { limit: 100_000 });
        const list = JSON.stringify(answer.items);
        terminal.out(`${json === true ? list : printAnswer(list, terminal.width)}\n`);
      }),
    );
  for (const [verb, isDisabled, done] of [
    ['disable', true, 'disabled'],
    ['enable', false, 'enabled'],
  ] as const) {
    users
      .command(verb)
      .description(isDisabled ? 'Let somebody in no more; their sessions end at once' : 'Let somebody in again')
      .argument('<login>')
      .action((login: string) =>
        withSystem(terminal, async (system) => {
          await runLocally(system, updateUser, { user_id: await system.users.idOf(login), is_disabled: isDisabled });
          terminal.out(`${done}: ${login}\n`);
        }),
      );
  }
  users
    .command('reset')
    .description('Print a new link for somebody to set their password; a lock ends')
    .argument('<login>')
    .option('--json', 'print JSON for programs')
    .action((login: string, { json }: { json?: boolean }) =>
      withSystem(terminal, async (system) => {
        const made = await runLocally(system, resetUser, { user_id: await system.users.idOf(login) });
        tell(terminal, made, json === true);
      }),
    );
}

async function invite(terminal: Terminal, system: System, login: string, { services, teams, name, json, ...rest }: InviteOptions): Promise<void> {
  const texts = { login, ...rest, display_name: name, team_ids: teams };
  const given = Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== undefined));
  const input = parseInput(inviteUser, given, true) as InputOf<typeof inviteUser>;
  if (services !== undefined) input.service_ids = await findServices(system.db, services.split(','));
  tell(terminal, await runLocally(system, inviteUser, input), json === true);
}

/** The command line does not know under which address people reach the server. */
function tell(terminal: Terminal, { json, answer }: { json: string; answer: { link: string; expires_at: string } }, asJson: boolean): void {
  if (asJson) return terminal.out(`${json}\n`);
  terminal.out(`${answer.link}\n`);
  terminal.err(`Put the address of the server before it and send it; it holds once, until ${answer.expires_at}.\n`);
}
