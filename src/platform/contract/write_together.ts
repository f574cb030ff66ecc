import pg from 'pg';
import type { Trail } from '../audit/trail.ts';
import { callSql } from './call.ts';
import type { Context } from './implement.ts';
import type { AnyOperation } from './operation.ts';

/** A checked post of an operation whose posts may be written together. */
export interface Post {
  operation: AnyOperation;
  input: Record<string, unknown>;
  context: Context;
}

/** Thrown inside the common transaction, so that nothing of it stays. */
class Mixed extends Error {}

/**
 * Writes posts of one caller as one post of all their rows: one transaction, one row of the audit. Where the answer does not say what
 * became of each, nothing of that stays and each is written by itself, so that nobody's answer differs from what it would
 * have been alone.
 */
export async function writeTogether(posts: readonly Post[], trail: Trail): Promise<PromiseSettledResult<string>[]> {
  const [first] = posts;
  if (posts.length === 1) return Promise.allSettled([write(first!, trail, (text) => text)]);
  const field = first!.operation.gather!.rows;
  const all = { ...first!, input: { ...first!.input, [field]: posts.flatMap(({ input }) => input[field] as unknown[]) } };
  let shares: string[] = [];
  try {
    await write(all, trail, (text) => {
      shares = sharesOf(posts, text);
      return text;
    });
    return shares.map((value) => ({ status: 'fulfilled', value }));
  } catch (error) {
    // A database that is away is away for each of them.
    if (!(error instanceof Mixed || error instanceof pg.DatabaseError)) throw error;
  }
  const outcomes: PromiseSettledResult<string>[] = [];
  for (const post of posts) outcomes.push(...(await writeTogether([post], trail)));
  return outcomes;
}

function write({ operation, input, context }: Post, trail: Trail, check: (text: string) => string): Promise<string> {
  return trail.follow(operation, input, context).effect(async (tx) => check(await callSql(operation, input, tx)));
}

function sharesOf(posts: readonly Post[], text: string): string[] {
  const { rows: field, share } = posts[0]!.operation.gather!;
  const answer = JSON.parse(text) as Record<string, unknown>;
  const counts = posts.map(({ input }) => (input[field] as unknown[]).length);
  const all = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => {
    const own = share(answer, count, all);
    if (own === null) throw new Mixed();
    return JSON.stringify(own);
  });
}
