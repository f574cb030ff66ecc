import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { Audit } from '../src/platform/audit/audit.ts';
import { openAccess } from '../src/platform/auth/access.ts';
import { SqlLogins } from '../src/platform/auth/sql_logins.ts';
import { parseConfig } from '../src/platform/config/config.ts';
import { statement } from '../src/platform/contract/call.ts';
import type { AnyOperation } from '../src/platform/contract/operation.ts';
import { createHttpServer } from '../src/platform/http/server.ts';
import { Jobs } from '../src/platform/jobs/jobs.ts';
import { Secrets } from '../src/platform/secrets/secrets.ts';
import { createLog } from '../src/platform/log/log.ts';
import { Notifications } from '../src/platform/notify/notify.ts';
import { catalogueOf, jobDefinitions, metrics, rules } from '../src/app/catalogue.ts';
import { exitCodeOf, printError } from '../src/app/cli_errors.ts';
import { personalColumns } from '../src/app/personal_columns.ts';
import { createProgram } from '../src/app/program.ts';
import { declarePersonalColumns } from '../src/platform/personal/registry.ts';
import { inheritedRoles } from '../src/app/inherited_roles.ts';
import type { System } from '../src/app/system.ts';
import { testSecretKey } from './cluster.ts';
import { loadSmall } from './fixtures/small.ts';
import { testDatabase, type TestDatabase } from './database.ts';

export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  body: unknown;
}

/** The whole system on a database of its own: the real server, the real command line, an admin key. */
export interface TestSystem extends AsyncDisposable {
  test: TestDatabase;
  system: System;
  app: FastifyInstance;
  adminKey: string;
  get(url: string, key?: string | null): Promise<Answer>;
  send(method: string, url: string, body?: unknown, key?: string | null): Promise<Answer>;
  /** Runs `qh …` in this process. */
  cli(words: string[]): Promise<{ out: string; error: string; exitCode: number }>;
  /** Calls the operation's function as qh_api, as a person in psql would. */
  sql(operation: AnyOperation, input: Record<string, unknown>): Promise<unknown[]>;
  close(): Promise<void>;
}

export interface TestSystemOptions {
  data?: 'small' | 'none';
  /** Jobs are run. */
  work?: boolean;
  /** Backups can be made: the configuration names the test database. */
  backups?: boolean;
}

export async function openTestSystem(options: TestSystemOptions = {}): Promise<TestSystem> {
  const test = await testDatabase();
  const dataDir = await mkdtemp(path.join(tmpdir(), 'qh-test-'));
  const outside = options.backups === true ? { DATABASE_URL: test.url('superuser'), QH_SECRET_KEY: testSecretKey } : {};
  const config = parseConfig({ QH_DATA_DIR: dataDir, QH_DEMO: '0', QH_LOG_LEVEL: 'silent', ...outside });
  const log = createLog({ level: 'silent', readable: false });
  const access = openAccess(test.db, 'test secret key', inheritedRoles);
  const audit = new Audit(test.db, 'test secret key', path.join(dataDir, 'audit-checkpoints'));
  const jobs = new Jobs(test.url('server'), jobDefinitions, log);
  const system: System = {
    version: '0.0.0-test',
    config,
    log,
    db: test.db,
    catalogue: catalogueOf(access, audit, new SqlLogins(test.url('superuser'))),
    ...access,
    audit,
    secrets: new Secrets(test.db, 'test secret key'),
    jobs,
    notifications: new Notifications(log),
    answers: null,
    redis: null,
    slow: null,
    schema: { changed: false, isCurrent: async () => true },
    databaseUrl: (role) => test.url(role),
    close: async () => {},
  };
  await declarePersonalColumns(test.db, personalColumns);
  if (options.data === 'small') await loadSmall(test);
  await jobs.start(options.work === true ? { db: test.db, log, config } : null);
  const { key: adminKey } = await access.keys.create({ name: 'test', role: 'admin', created_by: 'test' });
  const app = await createHttpServer({
    ...system,
    webRoot: path.join(import.meta.dirname, '../web/dist'),
    schemaIsCurrent: async () => true,
    rules,
    metrics,
  });
  await app.ready();

  const send: TestSystem['send'] = async (method, url, body, key = adminKey) => {
    const answer = await app.inject({
      method: method as 'GET',
      url,
      headers: key === null ? {} : { 'x-api-key': key },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    const isJson = String(answer.headers['content-type']).includes('json');
    return { status: answer.statusCode, headers: answer.headers, body: isJson ? answer.json() : answer.body };
  };
  const close = async () => {
    await app.close();
    await jobs.stop();
    await test.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  return {
    test,
    system,
    app,
    adminKey,
    get: (url, key) => send('GET', url, undefined, key),
    send,
    cli: (words) => runCli(system, words),
    async sql(operation, input) {
      const { text, values } = statement(operation, input);
      const rows = await test.api.query<{ json: string }>(text, values);
      return rows.map((row) => JSON.parse(row.json) as unknown);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function runCli(system: System, words: string[]): Promise<{ out: string; error: string; exitCode: number }> {
  let out = '';
  let error = '';
  let exitCode = 0;
  const program = createProgram({
    version: system.version,
    out: (text) => (out += text),
    err: (text) => (error += text),
    isTerminal: false,
    width: 200,
    config: () => system.config,
    open: async () => system,
    exit: (code) => (exitCode = code),
  });
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (thrown) {
    exitCode = exitCodeOf(thrown);
    printError(thrown, (text) => (error += text), words.includes('--json'));
  }
  return { out, error, exitCode };
}
