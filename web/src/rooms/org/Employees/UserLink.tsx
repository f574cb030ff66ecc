import { useQuery } from '@tanstack/react-query';
import { users } from '../../../../../src/rooms/admin/contract.ts';
import { call } from '../../../client.ts';
import { AnchorLink } from '../../../design/links.tsx';
import { useText } from '../../../i18n/text.ts';

/** People who sign in, for those who may see them; others get an empty list and no error. */
export const usersQuery = {
  queryKey: ['admin.users', 'names'],
  queryFn: async ({ signal }: { signal: AbortSignal }) => (await call(users, { limit: 10_000 }, { signal })).items,
  retry: false,
  staleTime: 60_000,
};

/** The person who signs in, by name where the reader may see the list of them. */
export function UserLink({ userId }: { userId: string }) {
  const text = useText();
  const user = useQuery(usersQuery).data?.find(({ user_id }) => user_id === userId);
  if (!user) return <>{text('employee.hasUser')}</>;
  return (
    <AnchorLink to="/admin/people" search={{ person: userId }} size="sm">
      {`${user.display_name} (${user.login})`}
    </AnchorLink>
  );
}
