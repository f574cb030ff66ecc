import type { Command } from 'commander';
import type { Static } from 'typebox';
import { callSql } from '../platform/contract/call.ts';
import { explain } from '../rooms/statistics/contract.ts';
import { withSystem, type Terminal } from './program.ts';

type Explanation = Static<typeof explain.output>;

/** `qh explain <kpi>`: the glossary's line, the SQL, and where the number comes from and is shown. */
export function explainCommand(program: Command, terminal: Terminal): void {
  program
    .command('explain')
    .description('Explain a KPI: formula, SQL, tables, tests, and where it is shown')
    .argument('<kpi>', 'its name, for instance service_level_pct; list them with: qh statistics kpis')
    .option('--json', 'print JSON for programs')
    .action((kpi: string, { json }: { json?: boolean }) =>
      withSystem(terminal, async (system) => {
        const text = await callSql(explain, { kpi }, system.db);
        terminal.out(json === true ? `${text}\n` : explanationText(JSON.parse(text) as Explanation));
      }),
    );
}

function explanationText(explanation: Explanation): string {
  return Object.entries(explanation)
    .map(
      ([name, value]) =>
        `${name}\n${linesOf(value)
          .map((line) => `  ${line}`)
          .join('\n')}\n`,
    )
    .join('');
}

function linesOf(value: unknown): string[] {
  if (value === null || value === undefined) return ['–'];
  if (Array.isArray(value)) return value.length === 0 ? ['–'] : value.flatMap(linesOf);
  return String(value).split('\n');
}
