import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { Audit } from '../platform/audit/audit.ts';
import { auditFile } from '../platform/audit/file.ts';
import { followChanges, openAccess, type Access } from '../platform/auth/access.ts';
import { SqlLogins } from '../platform/auth/sql_logins.ts';
import type { Config } from '../platform/config/config.ts';
import type { Catalogue } from '../platform/contract/run.ts';
import { refuseUnusable } from '../platform/backup/guard.ts';
import { applySchema } from '../platform/db/apply.ts';
import { openDatabaseServer } from '../platform/db/connect.ts';
import { installationId } from '../platform/db/installation.ts';
import { openListener } from '../platform/db/listen.ts';
import { AnswerCache } from '../platform/cache/answers.ts';
import { SharedAnswers } from '../platform/cache/shared_answers.ts';
import { openRedis, type RedisLink } from '../platform/redis/redis.ts';
import { SlowStatements } from '../platform/slow/slow.ts';
import { openPool, type Db } from '../platform/db/pool.ts';
import { databaseUrl, ensureRoles, ownerUrl, serverUrl, type UrlRole } from '../platform/db/roles.ts';
import { makeDataDir, secretFile } from '../platform/db/places.ts';
import { Jobs } from '../platform/jobs/jobs.ts';
import type { Log } from '../platform/log/log.ts';
import { Notifications } from '../platform/notify/notify.ts';
import { declarePersonalColumns } from '../platform/personal/registry.ts';
import { Secrets } from '../platform/secrets/secrets.ts';
import { cachedTopics, catalogueOf, jobDefinitions } from './catalogue.ts';
import { inheritedRoles } from './inherited_roles.ts';
import { personalColumns } from './personal_columns.ts';
import { rooms } from './rooms.ts';

/** Everything that runs, put together once: for the server, for a command, for a test. */
export interface System extends Access {
  version: string;
  config: Config;
  log: Log;
  /** As qh_server. */
  db: Db;
  catalogue: Catalogue;
  audit: Audit;
  secrets: Secrets;
  jobs: Jobs;
  notifications: Notifications;
  /** Answers kept by a server; a command keeps none. */
  answers: AnswerCache | null;
  /** The shared Redis of a server, when REDIS_URL names one. */
  redis: RedisLink | null;
  slow: SlowStatements | null;
  schema: {
    /** Whether opening changed it. */
    changed: boolean;
    /** Whether the database still has the schema of this program. */
    isCurrent(): Promise<boolean>;
  };
  /** A libpq URL for people and tools. */
  databaseUrl(role: UrlRole): string;
  close(): Promise<void>;
}

/** Opens the database (starting the embedded one where needed), brings the schema up to date, and connects. */
export async function openSystem(config: Config, log: Log, purpose: 'server' | 'command', version: string): Promise<System> {
  const closing: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const step of closing.splice(0).toReversed()) await step();
  };
  try {
    await refuseUnusable(config);
    const server = await openDatabaseServer(config, purpose, log);
    closing.push(() => server.close());
    const dataDir = makeDataDir(config.dataDir);
    const secretKey = config.secretKey ?? secretFile(path.join(dataDir, 'secret-key'), () => randomBytes(32).toString('base64url'));
    await ensureRoles(server.url, secretKey);
    const schema = await applySchema({ ownerUrl: ownerUrl(server.url, secretKey), rooms: roomNames });
    for (const warning of schema.report?.warnings ?? []) log.warn(warning);
    const url = serverUrl(server.url, secretKey);
    let answers: AnswerCache | null = null;
    const slow = new SlowStatements(log);
    const db = openPool({
      url,
      applicationName: `quarterhour ${purpose}`,
      max: config.poolMax,
      idleSeconds: config.poolIdleSeconds,
      waitSeconds: config.poolWaitSeconds,
      lifetimeSeconds: config.poolLifetimeSeconds,
      slowMs: config.slowQueryMs === 0 ? Infinity : config.slowQueryMs,
      onSlow: (statement) => slow.note(statement),
      aroundCommit: () => answers?.commit() ?? (() => {}),
    });
    closing.push(() => db.end());
    if (schema.changed) await declarePersonalColumns(db, personalColumns);
    const access = openAccess(db, secretKey, inheritedRoles);
    const audit = new Audit(db, secretKey, auditFile(config));
    const notifications = new Notifications(log);
    followChanges(access, notifications);
    const redis = purpose === 'server' && config.redisUrl !== null ? openRedis(config.redisUrl, log) : null;
    if (redis !== null) closing.push(() => redis.close());
    if (purpose === 'server') {
      const listener = await openListener({
        url,
        applicationName: 'quarterhour listen',
        onLost: () => answers?.listens(false),
        onGap: () => {
          notifications.gap();
          answers?.listens(true);
        },
      });
      closing.push(() => listener.end());
      await notifications.listenTo(listener);
      const shared = redis === null ? null : new SharedAnswers(redis, await installationId(db), log);
      answers = new AnswerCache(notifications, { sync: () => listener.sync(), topics: cachedTopics, shared });
    }
    const jobs = new Jobs(url, jobDefinitions, log);
    return {
      version,
      config,
      log,
      db,
      catalogue: catalogueOf(access, audit, new SqlLogins(server.url), answers ?? undefined),
      ...access,
      audit,
      secrets: new Secrets(db, secretKey),
      jobs,
      notifications,
      answers,
      redis,
      slow,
      schema: { changed: schema.changed, isCurrent: () => schema.isCurrent(db) },
      databaseUrl: (role) => databaseUrl(server.url, role, secretKey, roomNames),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const roomNames = rooms.map((room) => room.name);
