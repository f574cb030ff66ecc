import { useQuery } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import { Problem } from '../kit/states/Problem.tsx';
import { useMay, whoamiQuery } from '../rooms/admin/session.ts';
import { useAddress } from './address.ts';
import { pageNeeds } from './page-needs.ts';

/** The figures for whoever may see them; for everybody else what is their own. */
export function HomePage() {
  const me = useQuery(whoamiQuery);
  const may = useMay();
  const search = useAddress();
  if (me.error) return <Problem error={me.error} onRetry={() => void me.refetch()} />;
  if (me.data === undefined) return null;
  const first = (['/intervals', '/import', '/services', '/admin'] as const).find((page) => pageNeeds[page] && may(pageNeeds[page]));
  return <Navigate to={first ?? '/profile'} search={search} replace />;
}
