import { QhError } from '../../platform/errors.ts';

/** One condition of a filter: the column, what is compared, and the values as texts. */
export interface Condition {
  column: string;
  operator: Operator;
  values: string[];
}

export type Operator = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge' | 'in' | 'contains' | 'starts' | 'null' | 'not_null';

const binary: ReadonlySet<string> = new Set(['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'contains', 'starts']);
const maxConditions = 50;

interface Token {
  text: string;
  /** A value in quotes is never a word of the language. */
  quoted: boolean;
  at: number;
}

/**
 * Reads a filter such as `service_id eq 1 and offered ge 10 and kind in (report, load) and queue is null`. Values with spaces,
 * commas or parentheses stand in single quotes, a quote inside them twice.
 */
export function parseFilter(text: string): Condition[] {
  const tokens = tokensOf(text);
  const conditions: Condition[] = [];
  let at = 0;
  const next = (wanted: string): Token => {
    const token = tokens[at++];
    if (token === undefined) throw wrong(text, text.length, `ends where ${wanted} is expected`);
    return token;
  };
  while (at < tokens.length) {
    if (conditions.length > 0) {
      const word = next('and');
      if (word.quoted || word.text.toLowerCase() !== 'and') throw wrong(text, word.at, 'conditions are joined by “and”');
    }
    if (conditions.length === maxConditions) throw wrong(text, tokens[at]?.at ?? 0, `at most ${maxConditions} conditions`);
    const column = next('a column');
    conditions.push(conditionOf(text, column.text, next));
  }
  return conditions;
}

function conditionOf(text: string, column: string, next: (wanted: string) => Token): Condition {
  const word = next('an operator');
  const operator = word.text.toLowerCase();
  if (binary.has(operator)) return { column, operator: operator as Operator, values: [next('a value').text] };
  if (operator === 'is') return nullTest(text, column, next);
  if (operator !== 'in')
    throw wrong(text, word.at, `${word.text} is no operator (eq, ne, lt, le, gt, ge, in, contains, starts, is null, is not null)`);
  const open = next('(');
  if (open.text !== '(' || open.quoted) throw wrong(text, open.at, '“in” takes a list in parentheses');
  const values: string[] = [];
  for (;;) {
    values.push(next('a value').text);
    const mark = next(')');
    if (mark.text === ')' && !mark.quoted) return { column, operator: 'in', values };
    if (mark.text !== ',' || mark.quoted) throw wrong(text, mark.at, 'values of a list are parted by commas');
  }
}

function nullTest(text: string, column: string, next: (wanted: string) => Token): Condition {
  const first = next('null');
  const isNot = first.text.toLowerCase() === 'not';
  const last = isNot ? next('null') : first;
  if (last.quoted || last.text.toLowerCase() !== 'null') throw wrong(text, last.at, '“is” is followed by “null” or “not null”');
  return { column, operator: isNot ? 'not_null' : 'null', values: [] };
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /\s*(?:'((?:[^']|'')*)'|([(),])|([^\s(),']+))/gy;
  while (pattern.lastIndex < text.trimEnd().length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) throw wrong(text, at, 'a quote is not closed');
    const [, value, mark, word] = match;
    tokens.push({ text: value?.replaceAll("''", "'") ?? mark ?? word!, quoted: value !== undefined, at });
  }
  return tokens;
}

function wrong(text: string, at: number, rule: string): QhError {
  const hint = "Write conditions like: service_id eq 1 and name contains 'a b' and kind in (report, load) and left_on is null";
  return new QhError('bad_request', `filter: ${rule} (at character ${at + 1})`, {
    hint,
    errors: [{ path: 'filter', rule, value: text.slice(0, 200), hint }],
  });
}
