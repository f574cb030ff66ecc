import type { AnyOperation } from '../../../src/platform/contract/operation.ts';

const literal = (value: unknown): string => {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `array[${value.map(literal).join(', ')}]`;
  return `'${String(value).replaceAll("'", "''")}'`;
};

/** The statement that answers the same question in psql. */
export function sqlOf(operation: AnyOperation, input: Record<string, unknown>, columns = '*'): string {
  const args = Object.entries(input).flatMap(([name, value]) => (value === undefined ? [] : [`  p_${name} => ${literal(value)}`]));
  return `select ${columns}\nfrom ${operation.sql}(\n${args.join(',\n')}\n);`;
}
