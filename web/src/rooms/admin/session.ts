import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { AnyOperation, OutputOf } from '../../../../src/platform/contract/operation.ts';
import { whoami } from '../../../../src/rooms/admin/contract.ts';
import { ProblemError } from '../../../../src/platform/contract/client.ts';
import { call } from '../../client.ts';
import { choose, isLanguage } from '../../i18n/language.ts';

export type Caller = OutputOf<typeof whoami>;

export const whoamiQuery = queryOptions({ queryKey: ['admin.whoami'], queryFn: ({ signal }) => call(whoami, {}, { signal }), staleTime: 300_000 });

const address = '/api/v1/admin/session';

export type Credentials = { key: string } | { login: string; password: string };

/** A sign-in that was refused, and for how long no further one is taken. */
export class Refused extends ProblemError {
  readonly retryAfterSeconds: number | null;

  constructor(problem: object, response: Response) {
    super({ ...problem, status: response.status });
    const seconds = Number(response.headers.get('retry-after'));
    this.retryAfterSeconds = response.status === 429 && seconds > 0 ? seconds : null;
  }
}

/** Signing in and out are no operations, because they alone set a cookie. A person's pages are in the person's language. */
export async function openSession(credentials: Credentials): Promise<Caller> {
  const response = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(credentials) });
  const answer: unknown = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(answer as object, response);
  const caller = answer as Caller;
  if (caller.locale !== null && isLanguage(caller.locale)) await choose(caller.locale);
  return caller;
}

export function useSignOut(): () => Promise<void> {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    await fetch(address, { method: 'DELETE' });
    queryClient.clear();
    await navigate({ to: '/sign-in' });
  };
}

/** Whether the caller may do something. Pages show only what is; the server decides it again. */
export function useMay(): (operation: Pick<AnyOperation, 'name' | 'scope'>) => boolean {
  const me = useQuery(whoamiQuery).data;
  return useCallback(
    ({ name, scope }) =>
      me !== undefined && (scope === null || me.scopes.includes(scope)) && (me.operations === null || me.operations.includes(name)),
    [me],
  );
}
