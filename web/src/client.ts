import { QueryClient } from '@tanstack/react-query';
import { type CallOptions, type Client, createClient, ProblemError } from '../../src/platform/contract/client.ts';
import type { AnyOperation, InputOf, OutputOf } from '../../src/platform/contract/operation.ts';

/** Calls operations by their contracts; the session cookie says who is calling. */
const client = createClient();
export const call: Client['call'] = (operation: AnyOperation, input: Record<string, unknown>, options?: CallOptions) =>
  client.call(operation, input, options) as never;
export const url: Client['url'] = (operation, input) => client.url(operation, input);

type ItemOf<Op extends AnyOperation> = OutputOf<Op> extends { items: (infer Item)[] } ? Item : never;

/** A whole list, for pages that show all of it. */
export async function listAll<Op extends AnyOperation>(operation: Op, input: InputOf<Op>, signal?: AbortSignal): Promise<ItemOf<Op>[]> {
  const items: ItemOf<Op>[] = [];
  for await (const item of client.all(operation, input, signal ? { signal } : {})) items.push(item);
  return items;
}

export interface ProblemText {
  code: string;
  detail: string;
  hint: string;
  errors: { path: string; rule: string }[];
}

/** Any failure as something that can be shown. */
export function problemOf(error: unknown): ProblemText {
  // What stands before the server answers 502 without a problem when the server itself does not.
  if (error instanceof ProblemError && error.status !== 502) return error;
  if (error instanceof ProblemError) return { code: 'offline', detail: '', hint: '', errors: [] };
  if (error instanceof TypeError) return { code: 'offline', detail: '', hint: '', errors: [] };
  return { code: 'internal', detail: error instanceof Error ? error.message : String(error), hint: '', errors: [] };
}

const isLasting = (error: unknown) => error instanceof ProblemError && error.status < 500 && error.status !== 429;

export const queryClient = new QueryClient({
  defaultOptions: {
    // A browser calls itself offline where it sees no way to the internet; our server stands in the same building.
    mutations: { networkMode: 'always' },
    queries: { networkMode: 'always', staleTime: 30_000, retry: (failures, error) => failures < 2 && !isLasting(error), refetchOnWindowFocus: false },
  },
});

/** Sends people who are not, or no longer, signed in to the page where they can; `main` says where that is. */
export function onSignedOut(leave: () => void): void {
  const watch = (error: unknown) => {
    if (error instanceof ProblemError && error.status === 401) leave();
  };
  queryClient.getQueryCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'error') watch(event.action.error);
  });
  queryClient.getMutationCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'error') watch(event.action.error);
  });
}
