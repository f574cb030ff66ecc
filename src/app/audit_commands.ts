import type { Command } from 'commander';
import { QhError } from '../platform/errors.ts';
import { verifyAudit } from '../rooms/admin/contract.ts';
import { withSystem, type Terminal } from './program.ts';
import { runLocally } from './run_locally.ts';

/** `qh audit verify`: exit code 1 when the audit is not as it was written. */
export function auditCommands(program: Command, terminal: Terminal): void {
  const audit = program.command('audit').description('Who did what; read it with: qh admin audit');
  audit
    .command('verify')
    .description('Whether any row was changed, deleted, inserted or moved')
    .option('--json', 'print JSON for programs')
    .action(({ json }: { json?: boolean }) =>
      withSystem(terminal, async (system) => {
        const { answer, json: text } = await runLocally(system, verifyAudit, {});
        if (json === true) terminal.out(`${text}\n`);
        if (!answer.is_intact)
          throw new QhError('conflict', `The audit was tampered with, first at row ${answer.first_problem_seq}: ${answer.problem}.`, {
            hint: 'Compare with a backup; the rows before that one are as they were written.',
          });
        if (json !== true) terminal.out(`intact: ${answer.rows} rows, ${answer.checkpoints} sealed checkpoints\n`);
      }),
    );
}
