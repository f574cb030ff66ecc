import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { whoami } from '../../../../src/rooms/admin/contract.ts';
import { ProblemError } from '../../../../src/platform/contract/client.ts';
import { call } from '../../client.ts';

export const whoamiQuery = queryOptions({ queryKey: ['admin.whoami'], queryFn: ({ signal }) => call(whoami, {}, { signal }), staleTime: 300_000 });

const address = '/api/v1/admin/session';

/** Signing in and out are no operations, because they alone set a cookie. */
export async function openSession(key: string): Promise<void> {
  const response = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ key }) });
  if (response.ok) return;
  const problem: unknown = await response.json().catch(() => ({}));
  throw new ProblemError({ ...(problem as object), status: response.status });
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
