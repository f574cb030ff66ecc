import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Static } from 'typebox';
import {
  type Queue as QueueSchema,
  queues,
  type Service as ServiceSchema,
  services,
  type Source as SourceSchema,
  sources,
} from '../../../../src/rooms/org/contract.ts';
import { listAll } from '../../client.ts';

export type Service = Static<typeof ServiceSchema>;
export type Queue = Static<typeof QueueSchema>;
export type Source = Static<typeof SourceSchema>;

export const servicesQuery = queryOptions({ queryKey: ['org.services'], queryFn: ({ signal }) => listAll(services, { limit: 1000 }, signal) });

export const queuesQuery = (service: string | undefined) =>
  queryOptions({
    queryKey: ['org.queues', service],
    queryFn: ({ signal }) => listAll(queues, { ...(service === undefined ? {} : { service }), limit: 1000 }, signal),
    placeholderData: keepPreviousData,
  });

export const sourcesQuery = (input: { service?: string; unmapped?: boolean }) =>
  queryOptions({
    queryKey: ['org.sources', input],
    queryFn: ({ signal }) => listAll(sources, { ...input, limit: 10_000 }, signal),
    placeholderData: keepPreviousData,
  });
