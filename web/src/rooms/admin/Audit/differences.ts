import type { Entry } from '../queries.ts';

export interface Difference {
  field: string;
  /** Undefined: there was no such field. */
  before: string | undefined;
  after: string | undefined;
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an entry says, field by field: of a change both sides; of anything else what was asked for. */
export function differences({ before, after }: Pick<Entry, 'before' | 'after'>): Difference[] {
  const [was, is] = [isRecord(before) ? before : {}, isRecord(after) ? after : {}];
  const asked = !isRecord(before) && isRecord(is['input']) ? is['input'] : is;
  return [...new Set([...Object.keys(was), ...Object.keys(asked)])].map((field) => ({
    field,
    before: field in was ? shown(was[field]) : undefined,
    after: field in asked ? shown(asked[field]) : undefined,
  }));
}

export const shortly = (list: readonly Difference[]): string =>
  list.map(({ field, before, after }) => `${field}: ${[before, after].filter((side) => side !== undefined).join(' → ')}`).join('; ');
