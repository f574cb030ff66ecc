import { errorKinds, type ErrorCode } from '../errors.ts';
import { kebab } from './cli.ts';
import { cliExample, curlExample, pythonExample, sqlExample } from './example.ts';
import { fullInput, roomOf, verbOf, type AnyOperation } from './operation.ts';

type FieldSchema = {
  type?: string;
  description?: string;
  default?: unknown;
  enum?: unknown[];
  anyOf?: FieldSchema[];
  items?: FieldSchema;
  format?: string;
};

/** The reference of one room: every operation with its fields, errors, and the same example three ways. */
export function roomPage(room: string, operations: readonly AnyOperation[]): string {
  const own = operations.filter((operation) => roomOf(operation) === room);
  const contents = own.map((operation) => `- [\`${operation.name}\`](#${anchor(operation.name)}) ${operation.summary}`);
  return [`# Operations of \`${room}\``, ...generated, contents.join('\n'), ...own.map(operationSection)].join('\n\n') + '\n';
}

const generated = ['_Printed from the contract by `npm run docs`; edit the contract, not this page._'];
const anchor = (name: string) => name.replaceAll('.', '').toLowerCase();

function operationSection(operation: AnyOperation): string {
  const facts = [
    `\`${operation.method} ${operation.path}\``,
    `\`qh ${roomOf(operation)} ${kebab(verbOf(operation))}\``,
    operation.sql === undefined ? null : `SQL \`${operation.sql}\``,
    operation.scope === null ? 'no key needed' : `scope \`${operation.scope}\`${operation.changesAll === true ? ', not narrowed' : ''}`,
  ].filter((fact) => fact !== null);
  const { properties, required = [] } = fullInput(operation) as unknown as { properties: Record<string, FieldSchema>; required?: string[] };
  return [
    `## ${operation.name}`,
    [operation.summary, operation.description]
      .filter(Boolean)
      .join('. ')
      .replace(/([^.])$/, '$1.'),
    facts.join(' · '),
    fieldTable('Input', properties, required),
    fieldTable(answerTitle[operation.result], (operation.output as { properties?: Record<string, FieldSchema> }).properties ?? {}),
    operation.errors === undefined || operation.errors.length === 0
      ? null
      : `Errors besides the general ones: ${operation.errors.map((code) => `\`${code}\``).join(', ')}.`,
    ...operation.examples.map((example) => {
      const lines = [sqlExample(operation, example), curlExample(operation, example), cliExample(operation, example)].filter((line) => line !== null);
      const python = pythonExample(operation, example);
      const blocks = [`\`\`\`\n${lines.join('\n')}\n\`\`\``, ...(python === null ? [] : [`\`\`\`python\n${python}\n\`\`\``])];
      return `${example.title}${example.skip === undefined ? '' : ` (${example.skip})`}:\n\n${blocks.join('\n\n')}`;
    }),
  ]
    .filter((part) => part !== null && part !== '')
    .join('\n\n');
}

const answerTitle = { list: 'Items', rows: 'Rows', row: 'Answer', file: 'Answer: a file' } as const;

function fieldTable(title: string, properties: Record<string, FieldSchema>, required?: string[]): string {
  const names = Object.keys(properties);
  if (names.length === 0) return '';
  const rows = names.map((name) => {
    const schema = properties[name]!;
    const fallback = schema.default === undefined ? '' : `default ${JSON.stringify(schema.default)}`;
    const need = required === undefined ? '' : required.includes(name) ? 'required' : fallback;
    return `| \`${name}\` | ${typeName(schema)} | ${[schema.description, need].filter(Boolean).join('; ').replaceAll('|', '\\|')} |`;
  });
  return [`| ${title} | type | meaning |`, '|---|---|---|', ...rows].join('\n');
}

function typeName(schema: FieldSchema): string {
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${String(value)}\``).join(' ');
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(typeName))].join(' or ');
  if (schema.type === 'array') return `list of ${schema.items === undefined ? 'values' : typeName(schema.items)}`;
  return schema.format ?? schema.type ?? 'any';
}

/** The registry of errors as a page. */
export function errorPage(): string {
  const rows = (Object.keys(errorKinds) as ErrorCode[]).map((code) => {
    const kind = errorKinds[code];
    return `| <a id="${code}"></a>\`${code}\` | ${kind.sqlState} | ${kind.status} | ${kind.exitCode} | ${kind.title} | ${kind.hint} |`;
  });
  return ['# Errors', ...generated, '', '| code | SQLSTATE | HTTP | exit | title | what to try |', '|---|---|---|---|---|---|', ...rows, ''].join(
    '\n',
  );
}
