import { Command, Option } from 'commander';
import type { TSchema } from 'typebox';
import { fullInput, isStructured, roomOf, verbOf, type AnyOperation } from './operation.ts';

export interface OperationCall {
  operation: AnyOperation;
  /** Texts as typed; objects already read from JSON. */
  input: Record<string, unknown>;
  file?: string;
  json: boolean;
  output?: string;
}

type FieldSchema = TSchema & { type?: string; description?: string; default?: unknown; enum?: unknown[] };

/** `qh <room> <operation>` for every operation: flags from the input schema, in kebab-case. */
export function addOperationCommands(program: Command, operations: readonly AnyOperation[], run: (call: OperationCall) => Promise<void>): void {
  const rooms = new Map<string, Command>();
  for (const operation of operations) {
    const room = roomOf(operation);
    // A command of the program's own may have the name of a room, such as database.
    const own = program.commands.find((command) => command.name() === room);
    const parent = rooms.get(room) ?? own ?? program.command(room).description(`Operations of the room ${room}`);
    rooms.set(room, parent);
    parent.addCommand(commandOf(operation, run));
  }
}

function commandOf(operation: AnyOperation, run: (call: OperationCall) => Promise<void>): Command {
  const command = new Command(kebab(verbOf(operation))).description([operation.summary, operation.description].filter(Boolean).join('\n\n'));
  const { properties, required = [] } = fullInput(operation) as unknown as { properties: Record<string, FieldSchema>; required?: string[] };
  const positional = operation.positional ?? [];
  if (operation.upload === true) command.argument('<file>', 'the file to send');
  for (const name of positional) command.argument(required.includes(name) ? `<${name}>` : `[${name}]`, describe(properties[name]!));
  for (const [name, schema] of Object.entries(properties)) {
    if (!positional.includes(name)) command.addOption(optionOf(name, schema, required.includes(name)));
  }
  command.option('--json', 'print JSON for programs').option('--output <file>', 'write the answer into this file');
  command.action(async (...args: unknown[]) => {
    const typed = command.processedArgs as (string | undefined)[];
    const options = args.at(-2) as Record<string, unknown>;
    const values = operation.upload === true ? typed.slice(1) : typed;
    const input: Record<string, unknown> = {};
    for (const [at, name] of positional.entries()) if (values[at] !== undefined) input[name] = values[at];
    for (const [name, schema] of Object.entries(properties)) {
      const value = options[camel(name)];
      if (value !== undefined) input[name] = isStructured(schema) ? readJson(name, String(value)) : value;
    }
    await run({
      operation,
      input,
      json: options.json === true,
      ...(operation.upload === true ? { file: typed[0]! } : {}),
      ...(typeof options.output === 'string' ? { output: options.output } : {}),
    });
  });
  return command;
}

function optionOf(name: string, schema: FieldSchema, isRequired: boolean): Option {
  const flag = `--${kebab(name)}`;
  const value = schema.type === 'array' ? 'a,b' : isStructured(schema) ? 'json' : (schema.type ?? 'value');
  const option = new Option(schema.type === 'boolean' ? `${flag} [true|false]` : `${flag} <${value}>`, describe(schema));
  if (schema.type === 'boolean') option.preset('true');
  return option.makeOptionMandatory(isRequired);
}

function describe(schema: FieldSchema): string {
  const fallback = schema.default === undefined ? '' : ` (default ${JSON.stringify(schema.default)})`;
  const allowed = schema.enum === undefined ? '' : ` (one of ${schema.enum.join(', ')})`;
  return `${schema.description ?? ''}${allowed}${fallback}`.trim();
}

function readJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SyntaxError(`--${kebab(name)} is not JSON: ${text.slice(0, 80)}`);
  }
}

export const kebab = (name: string): string => name.replaceAll('_', '-');
const camel = (name: string): string => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
