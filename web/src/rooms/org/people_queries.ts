import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { InputOf, OutputOf } from '../../../../src/platform/contract/operation.ts';
import { customFields, departments, deputies, employeeHistory, employees, positions, sites } from '../../../../src/rooms/org/contract.ts';
import { listAll, queryClient } from '../../client.ts';

export type Department = OutputOf<typeof departments>['items'][number];
export type Site = OutputOf<typeof sites>['items'][number];
export type Position = OutputOf<typeof positions>['items'][number];
export type Employee = OutputOf<typeof employees>['items'][number];
export type Move = OutputOf<typeof employeeHistory>['items'][number];
export type Deputy = OutputOf<typeof deputies>['items'][number];
export type CustomField = OutputOf<typeof customFields>['items'][number];
export type Entity = CustomField['entity'];
export type EmployeeFilters = Omit<InputOf<typeof employees>, 'cursor' | 'limit' | 'fields'>;

export const departmentsQuery = queryOptions({
  queryKey: ['org.departments'],
  queryFn: ({ signal }) => listAll(departments, { limit: 10_000 }, signal),
});

export const sitesQuery = queryOptions({ queryKey: ['org.sites'], queryFn: ({ signal }) => listAll(sites, { limit: 10_000 }, signal) });

export const positionsQuery = queryOptions({
  queryKey: ['org.positions'],
  queryFn: ({ signal }) => listAll(positions, { limit: 10_000 }, signal),
});

export const customFieldsQuery = queryOptions({
  queryKey: ['org.custom_fields'],
  queryFn: ({ signal }) => listAll(customFields, { limit: 10_000 }, signal),
});

export const employeesQuery = (filters: EmployeeFilters) =>
  queryOptions({
    queryKey: ['org.employees', filters],
    queryFn: ({ signal }) => listAll(employees, { ...filters, limit: 10_000 }, signal),
    placeholderData: keepPreviousData,
  });

export const historyQuery = (employee_id: number) =>
  queryOptions({
    queryKey: ['org.employee_history', employee_id],
    queryFn: ({ signal }) => listAll(employeeHistory, { employee_id, limit: 1000 }, signal),
  });

export const deputiesQuery = (department: string) =>
  queryOptions({
    queryKey: ['org.deputies', department],
    queryFn: ({ signal }) => listAll(deputies, { department, limit: 1000 }, signal),
  });

/** A change of one part shows in others: names in paths, heads, counts. */
export async function forgetPeople(): Promise<void> {
  await queryClient.invalidateQueries({
    predicate: ({ queryKey }) => /^org\.(departments|sites|positions|custom_fields|employee|deputies)/.test(String(queryKey[0])),
  });
}
