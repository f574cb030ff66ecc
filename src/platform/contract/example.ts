import { addressOf } from './client.ts';
import { kebab } from './cli.ts';
import { pathInputs, roomOf, verbOf, type AnyOperation, type Example } from './operation.ts';

/** An example of an operation as a statement for psql, or null where no SQL function is behind it. */
export function sqlExample(operation: AnyOperation, example: Example): string | null {
  if (operation.sql === undefined) return null;
  const { fields, ...input } = example.input as Record<string, unknown>;
  const chosen = operation.result === 'list' && Array.isArray(fields) ? fields.join(', ') : '*';
  const args = Object.entries(chosen === '*' ? (example.input as Record<string, unknown>) : input).map(
    ([name, value]) => `p_${name} => ${literal(value)}`,
  );
  return `select ${chosen} from ${operation.sql.replace(/^api\./, '')}(${args.join(', ')});`;
}

/** The same example for a shell; $QH_URL and $QH_KEY stand for the server and a key. */
export function curlExample(operation: AnyOperation, example: Example): string {
  const input = example.input as Record<string, unknown>;
  const method = operation.method === 'GET' ? '' : ` -X ${operation.method}`;
  const url = `"$QH_URL${addressOf(operation, input)}"`;
  const inPath = pathInputs(operation);
  const fields = Object.entries(input).filter(([name]) => !inPath.includes(name));
  let body = '';
  if (operation.upload === true) body = ` -F file=@report.xlsx${fields.map(([name, value]) => ` -F ${quote(`${name}=${String(value)}`)}`).join('')}`;
  else if (operation.method !== 'GET' && operation.method !== 'DELETE')
    body = ` -H 'content-type: application/json' -d ${quote(JSON.stringify(Object.fromEntries(fields)))}`;
  return `curl -s${method} -H "X-API-Key: $QH_KEY" ${url}${body}`;
}

/** The same example in Python with nothing but its standard library; null where a file is sent, which curl does in one line. */
export function pythonExample(operation: AnyOperation, example: Example): string | null {
  if (operation.upload === true) return null;
  const input = example.input as Record<string, unknown>;
  const inPath = pathInputs(operation);
  const hasBody = operation.method !== 'GET' && operation.method !== 'DELETE';
  // A JSON text in quotes is also a Python text: JSON has no escape that Python lacks.
  const text = JSON.stringify(Object.fromEntries(Object.entries(input).filter(([name]) => !inPath.includes(name))));
  const body = hasBody ? `, data=${JSON.stringify(text)}.encode()` : '';
  const headers = `{'X-API-Key': os.environ['QH_KEY']${hasBody ? ", 'content-type': 'application/json'" : ''}}`;
  const address = `os.environ['QH_URL'] + ${JSON.stringify(addressOf(operation, input))}`;
  return [
    'import os, urllib.request',
    `request = urllib.request.Request(${address}, method='${operation.method}', headers=${headers}${body})`,
    `print(urllib.request.urlopen(request).read()${operation.result === 'file' ? '' : '.decode()'})`,
  ].join('\n');
}

/** The same example as a command. */
export function cliExample(operation: AnyOperation, example: Example): string {
  return ['npx', ...cliArguments(operation, example).map(quote), '--json'].join(' ');
}

/** Command and arguments of an example, for a shell or for a test. */
export function cliArguments(operation: AnyOperation, example: Example): string[] {
  const input = example.input as Record<string, unknown>;
  const positional = operation.positional ?? [];
  const words = ['qh', roomOf(operation), kebab(verbOf(operation))];
  if (operation.upload === true) words.push('report.xlsx');
  for (const name of positional) if (input[name] !== undefined) words.push(String(input[name]));
  for (const [name, value] of Object.entries(input)) {
    if (positional.includes(name)) continue;
    words.push(`--${kebab(name)}`, textOf(value));
  }
  return words;
}

function textOf(value: unknown): string {
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return value.join(',');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function literal(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value) && value.every((item) => typeof item === 'number')) return `array[${value.join(', ')}]`;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return `array[${value.map(literal).join(', ')}]`;
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return `'${text.replaceAll("'", "''")}'`;
}

function quote(word: string): string {
  return /^[\w./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
