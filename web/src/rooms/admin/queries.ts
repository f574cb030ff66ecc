import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { InputOf, OutputOf } from '../../../../src/platform/contract/operation.ts';
import { allOperations, audit, backups, keys, retention, roles, sessions, type updateUser, users } from '../../../../src/rooms/admin/contract.ts';
import { departments, employees, sites } from '../../../../src/rooms/org/contract.ts';
import { call, listAll, queryClient } from '../../client.ts';

export type User = OutputOf<typeof updateUser>;
export type Role = OutputOf<typeof roles>[number];
export type Key = OutputOf<typeof keys>['items'][number];
export type Session = OutputOf<typeof sessions>['items'][number];
export type Entry = OutputOf<typeof audit>['items'][number];
export type Backup = OutputOf<typeof backups>['items'][number];
export type Retention = OutputOf<typeof retention>;
export type AuditFilters = Omit<InputOf<typeof audit>, 'cursor' | 'limit'>;

export const usersQuery = queryOptions({ queryKey: ['admin.users'], queryFn: ({ signal }) => listAll(users, { limit: 1000 }, signal) });
export const rolesQuery = queryOptions({ queryKey: ['admin.roles'], queryFn: ({ signal }) => call(roles, {}, { signal }) });
export const operationsQuery = queryOptions({ queryKey: ['admin.operations'], queryFn: ({ signal }) => call(allOperations, {}, { signal }) });
export const keysQuery = queryOptions({
  queryKey: ['admin.keys'],
  queryFn: ({ signal }) => listAll(keys, { limit: 1000 }, signal),
  select: (all) => all.toSorted((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at)),
});
export const retentionQuery = queryOptions({ queryKey: ['admin.retention'], queryFn: ({ signal }) => call(retention, {}, { signal }) });

export const sessionsQuery = (all: boolean) =>
  queryOptions({ queryKey: ['admin.sessions', all], queryFn: ({ signal }) => listAll(sessions, { all, limit: 1000 }, signal), staleTime: 5_000 });

export const auditQuery = (filters: AuditFilters) =>
  infiniteQueryOptions({
    queryKey: ['admin.audit', filters],
    queryFn: ({ signal, pageParam }) => call(audit, { ...filters, limit: 200, ...(pageParam === '' ? {} : { cursor: pageParam }) }, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ next_cursor }) => next_cursor,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

export const isUnderWay = ({ state }: Backup): boolean => state === 'waiting' || state === 'making' || state === 'verifying';

export const backupsQuery = queryOptions({
  queryKey: ['admin.backups'],
  queryFn: ({ signal }) => listAll(backups, { limit: 1000 }, signal),
  refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? 700 : false),
});

export const departmentsQuery = queryOptions({
  queryKey: ['org.departments'],
  queryFn: ({ signal }) => listAll(departments, { limit: 1000 }, signal),
});
export const sitesQuery = queryOptions({ queryKey: ['org.sites'], queryFn: ({ signal }) => listAll(sites, { limit: 1000 }, signal) });
export const employeesQuery = queryOptions({
  queryKey: ['org.employees', 'all'],
  queryFn: ({ signal }) => listAll(employees, { limit: 5000 }, signal),
});

/** After a change of who may do what: every list of this room is read anew. */
export async function forgetAdmin(): Promise<void> {
  await queryClient.invalidateQueries({ predicate: ({ queryKey }) => /^(admin|org\.employee)/.test(String(queryKey[0])) });
}
