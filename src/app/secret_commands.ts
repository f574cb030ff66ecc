import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { appendAudit } from '../platform/audit/append.ts';
import { localPrincipal } from '../platform/auth/principal.ts';
import { printAnswer } from '../platform/contract/print.ts';
import { QhError } from '../platform/errors.ts';
import { withSystem, type Terminal } from './program.ts';

/** `qh secrets …`: names and rotation; no command prints a secret. */
export function secretCommands(program: Command, terminal: Terminal): void {
  const secrets = program.command('secrets').description('Stored secrets of integrations, encrypted');
  secrets
    .command('list')
    .description('List their names, never their values')
    .option('--json', 'print JSON for programs')
    .action(({ json }: { json?: boolean }) =>
      withSystem(terminal, async (system) => {
        const list = JSON.stringify(await system.secrets.list());
        terminal.out(`${json === true ? list : printAnswer(list, terminal.width)}\n`);
      }),
    );
  secrets
    .command('rotate')
    .description('Encrypt every secret anew with a new key')
    .option('--from-key-file <file>', 'the former secret key, when QH_SECRET_KEY was changed')
    .action(({ fromKeyFile }: { fromKeyFile?: string }) =>
      withSystem(terminal, async (system) => {
        const from = fromKeyFile === undefined ? undefined : await formerKey(fromKeyFile);
        const count = await system.db.transaction(async (tx) => {
          const rotated = await system.secrets.rotate(tx, from);
          await appendAudit(tx, localPrincipal, { operation: 'admin.rotate_secrets', after: { rotated } });
          return rotated;
        });
        terminal.out(`${count} secrets encrypted anew\n`);
      }),
    );
}

async function formerKey(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    throw new QhError('bad_request', `--from-key-file ${file} cannot be read.`, { cause: error });
  }
}
