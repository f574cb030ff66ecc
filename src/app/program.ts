import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import type { Config } from '../platform/config/config.ts';
import { addOperationCommands, type OperationCall } from '../platform/contract/cli.ts';
import { FileAnswer } from '../platform/contract/implement.ts';
import { parseInput } from '../platform/contract/input.ts';
import { printAnswer } from '../platform/contract/print.ts';
import { localFile } from '../platform/http/local_file.ts';
import { operations } from './catalogue.ts';
import { addOwnCommands } from './commands.ts';
import { localContext } from './run_locally.ts';
import type { System } from './system.ts';

/** What the command line needs from the process around it; a test gives its own. */
export interface Terminal {
  version: string;
  out(text: string): void;
  err(text: string): void;
  isTerminal: boolean;
  width: number;
  config(): Config;
  /** Sets the exit code: 3 is done with rejected rows. */
  exit(code: number): void;
  /** Opens the running database, or starts the embedded one for the length of the command. */
  open(config: Config, purpose: 'server' | 'command', options?: { quiet?: boolean }): Promise<System>;
}

/** The whole command line: our own commands and one per operation. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command('qh')
    .description('Quarterhour: contact-centre analytics on PostgreSQL')
    .version(terminal.version)
    .showHelpAfterError('(add --help for the full usage)')
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.out(text), writeErr: (text) => terminal.err(text) });
  addOwnCommands(program, terminal);
  addOperationCommands(program, operations, (call) => withSystem(terminal, (system) => runOperation(call, system, terminal)));
  for (const command of allCommands(program)) command.exitOverride().copyInheritedSettings(program);
  return program;
}

/** Runs `work` on the opened system and closes it, whatever happens. */
export async function withSystem<T>(terminal: Terminal, work: (system: System) => Promise<T>): Promise<T> {
  const system = await terminal.open(terminal.config(), 'command', { quiet: true });
  try {
    return await work(system);
  } finally {
    await system.close();
  }
}

async function runOperation({ operation, input, file, json, output }: OperationCall, system: System, terminal: Terminal): Promise<void> {
  const checked = parseInput(operation, input, true);
  const context = localContext(system, file === undefined ? undefined : await localFile(file, system.config.dataDir));
  const answer = await system.catalogue.run(operation, checked, context);
  if (answer instanceof FileAnswer) {
    const target = output ?? answer.filename;
    await pipeline(answer.stream, createWriteStream(target));
    terminal.err(`written: ${target}\n`);
    return;
  }
  const text = json ? answer.toString() : printAnswer(answer.toString(), terminal.width);
  if (output === undefined) terminal.out(`${text}\n`);
  else await pipeline([text], createWriteStream(output));
}

function allCommands(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...allCommands(child)]);
}
