import type { AnyOperation } from '../../../src/platform/contract/operation.ts';

/** What a page reads first: without it there is nothing to see there, so the page is not offered. */
export const pageNeeds: Readonly<Record<string, Pick<AnyOperation, 'name' | 'scope'>>> = {
  '/intervals': { name: 'statistics.intervals', scope: 'statistics:read' },
  '/import': { name: 'ingest.batches', scope: 'ingest:read' },
  '/sources': { name: 'org.sources', scope: 'org:read' },
  '/services': { name: 'org.services', scope: 'org:read' },
  '/marketplace': { name: 'marketplace.monthly_metrics', scope: 'marketplace:read' },
  '/refresh': { name: 'marketplace.mv_status', scope: 'marketplace:read' },
  '/employees': { name: 'org.employees', scope: 'people:read' },
  '/organisation': { name: 'org.departments', scope: 'people:read' },
  '/system-health': { name: 'quality.database_health_check', scope: 'admin:read' },
  '/admin': { name: 'admin.users', scope: 'admin:read' },
};
