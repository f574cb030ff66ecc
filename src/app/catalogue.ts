import type { Audit } from '../platform/audit/audit.ts';
import type { Access } from '../platform/auth/access.ts';
import type { SqlLogins } from '../platform/auth/sql_logins.ts';
import type { AnyOperation } from '../platform/contract/operation.ts';
import type { AnswerCache } from '../platform/cache/answers.ts';
import { Catalogue } from '../platform/contract/run.ts';
import type { ImportKind } from '../platform/imports/kind.ts';
import type { Db } from '../platform/db/pool.ts';
import type { JobDefinition } from '../platform/jobs/jobs.ts';
import type { MetricSource } from '../platform/metrics/metrics.ts';
import type { Log } from '../platform/log/log.ts';
import { evaluate, type RuleResult } from '../platform/rules/rules.ts';
import * as admin from '../rooms/admin/contract.ts';
import { adminJobs } from '../rooms/admin/jobs.ts';
import { adminVerbs, auditedRecords } from '../rooms/admin/verbs.ts';
import * as database from '../rooms/database/contract.ts';
import { databaseJobs } from '../rooms/database/jobs.ts';
import { databaseVerbs } from '../rooms/database/verbs.ts';
import { clearUploads } from '../rooms/ingest/clear_uploads.ts';
import * as ingest from '../rooms/ingest/contract.ts';
import { ingestJobs } from '../rooms/ingest/jobs.ts';
import { metrics as ingestMetrics } from '../rooms/ingest/metrics.ts';
import { ingestVerbs } from '../rooms/ingest/verbs.ts';
import * as marketplace from '../rooms/marketplace/contract.ts';
import { importKinds as marketplaceKinds } from '../rooms/marketplace/imports.ts';
import { jobs as marketplaceJobs } from '../rooms/marketplace/jobs.ts';
import { rules as marketplaceRules } from '../rooms/marketplace/rules.ts';
import { marketplaceVerbs } from '../rooms/marketplace/verbs.ts';
import * as org from '../rooms/org/contract.ts';
import * as quality from '../rooms/quality/contract.ts';
import { jobs as qualityJobs } from '../rooms/quality/jobs.ts';
import { qualityVerbs } from '../rooms/quality/verbs.ts';
import { exportEmployeesVerb } from '../rooms/org/export_employees.ts';
import { importKinds as orgKinds } from '../rooms/org/imports.ts';
import { jobs as dataJobs } from '../rooms/quality/data_jobs.ts';
import { dataVerbs } from '../rooms/quality/data_verbs.ts';
import * as statistics from '../rooms/statistics/contract.ts';
import { importKinds as statisticsKinds } from '../rooms/statistics/imports.ts';
import { jobs as statisticsJobs } from '../rooms/statistics/jobs.ts';
import { metrics as statisticsMetrics } from '../rooms/statistics/metrics.ts';
import { addImport } from './add_import.ts';
import { backupJobs } from './backup_jobs.ts';
import { eraseTraces } from './erase_traces.ts';
import { findService } from './find_services.ts';
import { personalColumns, personalFields } from './personal_columns.ts';

/** What the rooms declare, put together: operations, the code behind them, and jobs. */

const contracts = [org, ingest, statistics, marketplace, admin, database, quality];

export const operations: readonly AnyOperation[] = contracts.flatMap((contract) => contract.operations as readonly AnyOperation[]);

/** Functions of schema api that belong to no operation, with the reason. */
export const sqlOnly: Record<string, string> = Object.assign({}, ...contracts.map((contract) => contract.sqlOnly));

/** The kinds of file that can be imported. */
export const importKinds: readonly ImportKind[] = [...statisticsKinds, ...orgKinds, ...marketplaceKinds];

export const jobDefinitions: readonly JobDefinition[] = [
  ...statisticsJobs,
  ...marketplaceJobs,
  ...ingestJobs(importKinds),
  ...adminJobs(personalColumns, eraseTraces),
  ...databaseJobs(operations, personalFields),
  ...dataJobs,
  ...backupJobs,
  ...qualityJobs,
];

/** What Prometheus is told besides what platform knows. */
export const metrics: readonly MetricSource[] = [...ingestMetrics, ...statisticsMetrics];

/** What /health tells to whoever asks, without a key: whether the store and its backups are well. All rules: quality.database_health_check. */
export const rules = async (db: Db, log: Log): Promise<Pick<RuleResult, 'name' | 'severity' | 'value' | 'unit'>[]> => [
  ...(await db.query<RuleResult>(
    `select c.rule as name, c.severity, c.value, c.unit from quality.check_rules(array['statistics.default_partition', 'statistics.agent_default_partition', 'statistics.refresh_lag', 'backup.verified_age', 'backup.scheduled']) c`,
  )),
  ...(await evaluate(marketplaceRules, db, log)),
];

/** What kept answers rest on. */
export const cachedTopics: readonly string[] = [...new Set(operations.flatMap(({ cache }) => cache?.topics ?? []))];

export function catalogueOf(access: Access, audit: Audit, logins: SqlLogins, answers?: AnswerCache): Catalogue {
  const verbs = [
    ...adminVerbs(access, audit, logins, operations, personalColumns, eraseTraces),
    exportEmployeesVerb,
    ...marketplaceVerbs(eraseTraces),
    ...ingestVerbs(importKinds),
    ...dataVerbs,
    ...databaseVerbs({ operations, kinds: importKinds, addImport, clearUploads }),
    ...qualityVerbs(jobDefinitions),
  ];
  return new Catalogue(operations, verbs, {
    personalFields,
    records: auditedRecords,
    findService,
    ...(answers === undefined ? {} : { answers }),
  });
}
