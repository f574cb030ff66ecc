import { createHash } from 'node:crypto';

/** What a kept answer rests on: only a change that meets it makes the answer old. */
export interface Ground {
  topics: readonly string[];
  /** Services that it speaks of; null: any. */
  services: readonly number[] | null;
  /** Milliseconds since 1970, half open; null: without end. */
  from: number | null;
  to: number | null;
}

/** A question whose answer may be kept: who asks is part of it, as far as the database lets callers see different things. */
export interface Question {
  key: string;
  seconds: number;
  ground: Ground;
}

/** A change as PostgreSQL announced it. */
export interface Change {
  topic: string;
  service_ids?: unknown;
  start_time?: unknown;
  end_time?: unknown;
}

/** Words for a question; the same input in another order is the same question. `scope`: what the caller's rows depend on, in one order always. */
export function questionKey(operation: string, input: Record<string, unknown>, scope: Record<string, string>, moment: string): string {
  const fields = Object.entries(input)
    .filter(([, value]) => value !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  const words = JSON.stringify([operation, fields, scope, moment]);
  return createHash('sha256').update(words).digest('base64url');
}

const dayMs = 86_400_000;

/** The stretch of time that an input names when it names both ends, a day wider on either side: zones, and rows that reach over the end. */
export function periodOf(input: Record<string, unknown>): { from: number | null; to: number | null } {
  const from = momentOf(input.start_time ?? input.start_date);
  const to = momentOf(input.end_time ?? input.end_date);
  // With one end only the other depends on the data, so anything may move it.
  if (from === null || to === null) return { from: null, to: null };
  return { from: from - dayMs, to: to + 2 * dayMs };
}

function momentOf(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/i.test(value);
  const ms = Date.parse(/^\d{4}-\d\d-\d\d$/.test(value) || hasZone ? value : `${value}Z`);
  return Number.isNaN(ms) ? null : ms;
}

/** Whether a change may have made an answer old. What the change does not say counts as anything. */
export function meets(change: Change, ground: Ground): boolean {
  if (!ground.topics.includes(change.topic)) return false;
  const changed = changedServices(change);
  if (changed !== null && ground.services !== null && !ground.services.some((id) => changed.includes(id))) return false;
  const from = momentOf(change.start_time);
  const to = momentOf(change.end_time);
  if (from !== null && ground.to !== null && from >= ground.to) return false;
  return !(to !== null && ground.from !== null && to < ground.from);
}

export function changedServices({ service_ids: ids }: Change): number[] | null {
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'number') : null;
}
