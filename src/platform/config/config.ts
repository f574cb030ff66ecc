/** Every environment variable in one table: `npm start` reads it, an unknown or bad one stops the start, the docs print it. */
import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { QhError } from '../errors.ts';

type VariableType = 'text' | 'port' | 'integer' | 'path' | 'file' | 'url' | 'flag' | 'secret' | readonly string[];

export interface Variable {
  name: string;
  type: VariableType;
  /** As a user would write it; null when there is none. */
  fallback: string | null;
  description: string;
  /** What a secret must look like, and how that is said. */
  pattern?: { form: RegExp; words: string };
  min?: number;
}

const adminKeyForm = /^qh_(?=[A-Za-z0-9_-]{32,}$)[A-Za-z0-9-]+_[A-Za-z0-9_-]+$/;

export const variables = [
  { name: 'QH_HOST', type: 'text', fallback: '127.0.0.1', description: 'Address that the web server listens on.' },
  { name: 'QH_PORT', type: 'port', fallback: '8080', description: 'Port of the web server; 0 takes a free one.' },
  { name: 'QH_DATA_DIR', type: 'path', fallback: './var', description: 'Folder of the cluster, inbox, uploads, keys and backups; made if missing.' },
  {
    name: 'DATABASE_URL',
    type: 'url',
    fallback: null,
    description: 'An outside PostgreSQL 15–18 (or Citus) instead of the embedded one; stands before DB_*.',
  },
  { name: 'DB_HOST', type: 'text', fallback: null, description: 'Host of an outside PostgreSQL, when DATABASE_URL is not set.' },
  { name: 'DB_PORT', type: 'port', fallback: '5432', description: 'Its port.' },
  { name: 'DB_NAME', type: 'text', fallback: 'quarterhour', description: 'Its database.' },
  { name: 'DB_USER', type: 'text', fallback: 'postgres', description: 'A user that may create roles and owns the database.' },
  { name: 'DB_PASSWORD', type: 'secret', fallback: null, description: 'The password of that user.' },
  {
    name: 'REDIS_URL',
    type: 'url',
    fallback: null,
    description: 'A Redis for the cache that several nodes share; events of the marketplace (teloo:events:*) are heard there.',
  },
  { name: 'EXCEL_DIR', type: 'path', fallback: null, description: 'Watched inbox of workbooks; default QH_DATA_DIR/inbox.' },
  {
    name: 'QH_ADMIN_KEY',
    type: 'secret',
    fallback: null,
    description: 'A preset admin key `qh_<id>_<secret>`; otherwise one is made at the first start and kept in QH_DATA_DIR/admin-key.',
    pattern: { form: adminKeyForm, words: 'qh_<id>_<secret>, the id without _, with at least 32 characters of A-Z a-z 0-9 _ - after qh_' },
  },
  {
    name: 'QH_SECRET_KEY',
    type: 'secret',
    fallback: null,
    description: 'Encrypts stored secrets and derives the passwords of the database roles; otherwise made and kept in QH_DATA_DIR/secret-key.',
    pattern: { form: /^.{16,}$/, words: 'at least 16 characters' },
  },
  {
    name: 'QH_BACKUP_PASSPHRASE',
    type: 'secret',
    fallback: null,
    description: 'Encrypts the scheduled backups and opens encrypted ones; `--passphrase-file` stands before it.',
    pattern: { form: /^.{8,}$/, words: 'at least 8 characters' },
  },
  { name: 'QH_SMTP_URL', type: 'url', fallback: null, description: 'Mail server for notifications, `smtp://user:password@host:port`.' },
  { name: 'QH_TLS_CERT', type: 'file', fallback: null, description: 'Certificate file for https; together with QH_TLS_KEY.' },
  { name: 'QH_TLS_KEY', type: 'file', fallback: null, description: 'Key file for https; together with QH_TLS_CERT.' },
  {
    name: 'QH_TRUSTED_PROXIES',
    type: 'text',
    fallback: null,
    description: 'Addresses or networks of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed, comma-separated; none when left out.',
  },
  {
    name: 'QH_REQUESTS_PER_MINUTE',
    type: 'integer',
    fallback: '6000',
    description: 'Most requests of one key or person in a minute; administrators have no limit. 0: no limit.',
  },
  {
    name: 'QH_STRANGER_REQUESTS_PER_MINUTE',
    type: 'integer',
    fallback: '60',
    description: 'Most sign-ins, and most wrong keys, from one address in a minute. 0: no limit.',
  },
  { name: 'QH_DEMO', type: 'flag', fallback: '1', description: 'Load the demo on the first start.' },
  {
    name: 'QH_LOG_LEVEL',
    type: ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
    fallback: 'info',
    description: 'How much is logged.',
  },
  {
    name: 'ENVIRONMENT',
    type: ['development', 'production'],
    fallback: 'development',
    description: 'development: readable logs; production: JSON logs.',
  },
  { name: 'QH_POOL_MAX', type: 'integer', fallback: '20', min: 2, description: 'Most database connections of one process.' },
  {
    name: 'QH_POOL_IDLE_SECONDS',
    type: 'integer',
    fallback: '300',
    min: 1,
    description: 'Seconds after which an idle database connection is closed.',
  },
  {
    name: 'QH_POOL_WAIT_SECONDS',
    type: 'integer',
    fallback: '10',
    min: 1,
    description: 'Seconds that a request waits for a free database connection before it is answered 503.',
  },
  {
    name: 'QH_POOL_LIFETIME_SECONDS',
    type: 'integer',
    fallback: '3600',
    min: 1,
    description: 'Seconds after which a database connection is replaced by a new one.',
  },
  {
    name: 'QH_READ_SECONDS',
    type: 'integer',
    fallback: '30',
    description: 'Seconds after which the database stops a read of a request. 0: no limit.',
  },
  {
    name: 'QH_SLOW_QUERY_MS',
    type: 'integer',
    fallback: '500',
    description: 'Statements that take longer are logged with their plan. 0: none.',
  },
  { name: 'QH_URL', type: 'url', fallback: null, description: 'Not read by the server: the address in the examples of the documentation.' },
  { name: 'QH_KEY', type: 'secret', fallback: null, description: 'Not read by the server: the key in the examples of the documentation.' },
  { name: 'QH_DEV_SERVER', type: 'url', fallback: null, description: 'Development only: the server that the pages of `npm run dev` call.' },
  { name: 'QH_SEED', type: 'text', fallback: null, description: 'Tests only: the seed that replays a failed property.' },
  { name: 'QH_PATH', type: 'text', fallback: null, description: 'Tests only: the path to the counterexample of that seed.' },
  { name: 'QH_SHRINK', type: 'flag', fallback: null, description: 'Tests only: look for a smaller counterexample.' },
  { name: 'QH_SCREENSHOTS', type: 'flag', fallback: null, description: 'Tests only: take the pictures of the pages anew.' },
  { name: 'QH_FAILURE_PICTURES', type: 'path', fallback: null, description: 'Tests only: folder for pictures of pages whose test failed.' },
  { name: 'QH_CHAOS', type: 'flag', fallback: '0', description: 'Tests only: the long kill and fuzz runs (`npm run test:chaos`).' },
  {
    name: 'QH_TEST_DATABASE_URL',
    type: 'url',
    fallback: null,
    description: 'Tests only: run them on this PostgreSQL (a superuser) instead of the embedded one.',
  },
] as const satisfies readonly Variable[];

type Name = (typeof variables)[number]['name'];
const byName: ReadonlyMap<string, Variable> = new Map(variables.map((variable) => [variable.name, variable]));

export interface Config {
  host: string;
  port: number;
  dataDir: string;
  /** The outside database, or null for the embedded one. */
  databaseUrl: string | null;
  redisUrl: string | null;
  excelDir: string;
  adminKey: string | null;
  secretKey: string | null;
  backupPassphrase: string | null;
  smtpUrl: string | null;
  tls: { certFile: string; keyFile: string } | null;
  trustedProxies: string[] | null;
  requestsPerMinute: number;
  strangerRequestsPerMinute: number;
  demo: boolean;
  logLevel: string;
  environment: 'development' | 'production';
  poolMax: number;
  poolIdleSeconds: number;
  poolWaitSeconds: number;
  poolLifetimeSeconds: number;
  readSeconds: number;
  slowQueryMs: number;
}

export type Environment = Record<string, string | undefined>;

/** The configuration, or a QhError that names every variable that is wrong. */
export function parseConfig(env: Environment = process.env): Config {
  const problems = findProblems(env);
  if (problems.length > 0) {
    throw new QhError('bad_request', problems.join('\n'), { hint: 'Correct or unset the variable; `qh docs` and docs/reference list them all.' });
  }
  const dataDir = absolute(required(env, 'QH_DATA_DIR'));
  const certFile = optional(env, 'QH_TLS_CERT');
  const keyFile = optional(env, 'QH_TLS_KEY');
  return {
    host: required(env, 'QH_HOST'),
    port: Number(required(env, 'QH_PORT')),
    dataDir,
    databaseUrl: outsideUrl(env),
    redisUrl: optional(env, 'REDIS_URL'),
    excelDir: absolute(optional(env, 'EXCEL_DIR') ?? resolve(dataDir, 'inbox')),
    adminKey: optional(env, 'QH_ADMIN_KEY'),
    secretKey: optional(env, 'QH_SECRET_KEY'),
    backupPassphrase: optional(env, 'QH_BACKUP_PASSPHRASE'),
    smtpUrl: optional(env, 'QH_SMTP_URL'),
    tls: certFile && keyFile ? { certFile: absolute(certFile), keyFile: absolute(keyFile) } : null,
    trustedProxies:
      optional(env, 'QH_TRUSTED_PROXIES')
        ?.split(',')
        .map((part) => part.trim()) ?? null,
    requestsPerMinute: Number(required(env, 'QH_REQUESTS_PER_MINUTE')),
    strangerRequestsPerMinute: Number(required(env, 'QH_STRANGER_REQUESTS_PER_MINUTE')),
    demo: flag(required(env, 'QH_DEMO')),
    logLevel: required(env, 'QH_LOG_LEVEL'),
    environment: required(env, 'ENVIRONMENT') === 'production' ? 'production' : 'development',
    poolMax: Number(required(env, 'QH_POOL_MAX')),
    poolIdleSeconds: Number(required(env, 'QH_POOL_IDLE_SECONDS')),
    poolWaitSeconds: Number(required(env, 'QH_POOL_WAIT_SECONDS')),
    poolLifetimeSeconds: Number(required(env, 'QH_POOL_LIFETIME_SECONDS')),
    readSeconds: Number(required(env, 'QH_READ_SECONDS')),
    slowQueryMs: Number(required(env, 'QH_SLOW_QUERY_MS')),
  };
}

/** An empty value counts as not set, as compose files write it. */
function optional(env: Environment, name: Name): string | null {
  return env[name] || byName.get(name)?.fallback || null;
}

function required(env: Environment, name: Name): string {
  const value = optional(env, name);
  if (value === null) throw new QhError('bad_request', `${name} is not set`);
  return value;
}

function absolute(path: string): string {
  return isAbsolute(path) ? path : resolve(path);
}

function flag(value: string): boolean {
  return ['1', 'true', 'yes', 'on'].includes(value.toLowerCase());
}

function outsideUrl(env: Environment): string | null {
  const url = optional(env, 'DATABASE_URL');
  const host = optional(env, 'DB_HOST');
  if (url || !host) return url;
  const password = optional(env, 'DB_PASSWORD');
  const user = encodeURIComponent(required(env, 'DB_USER')) + (password ? `:${encodeURIComponent(password)}` : '');
  return `postgresql://${user}@${host.includes(':') ? `[${host}]` : host}:${required(env, 'DB_PORT')}/${encodeURIComponent(required(env, 'DB_NAME'))}`;
}

function findProblems(env: Environment): string[] {
  const problems: string[] = [];
  for (const name of Object.keys(env).filter((key) => key.startsWith('QH_') && !byName.has(key))) {
    problems.push(`${name} is not a variable of Quarterhour.${nearest(name)}`);
  }
  for (const variable of variables) {
    const value = env[variable.name];
    const problem = value ? checkValue(variable, value) : null;
    if (problem) problems.push(problem);
  }
  if (Boolean(env.QH_TLS_CERT) !== Boolean(env.QH_TLS_KEY)) problems.push('QH_TLS_CERT and QH_TLS_KEY must both be set, or neither.');
  return problems;
}

/** What is wrong with a value and what is allowed. A secret's value is never repeated. */
function checkValue({ name, type, pattern, min = 0 }: Variable, value: string): string | null {
  const wrong = (allowed: string): string =>
    type === 'secret' ? `${name} must be ${allowed}.` : `${name}=${value} is not allowed; it must be ${allowed}.`;
  if (pattern && !pattern.form.test(value)) return wrong(pattern.words);
  if (typeof type !== 'string') return type.includes(value) ? null : wrong(`one of ${type.join(', ')}`);
  if (type === 'port' && !(/^\d{1,5}$/.test(value) && Number(value) <= 65_535)) return wrong('a port from 0 to 65535');
  if (type === 'integer' && !(/^\d{1,9}$/.test(value) && Number(value) >= min)) return wrong(`a whole number of at least ${min}`);
  if (type === 'flag' && !/^(0|1|true|false|yes|no|on|off)$/i.test(value)) return wrong('0 or 1');
  if (type === 'url' && !URL.canParse(value)) return `${name} is not a URL.`; // not repeated: it may hold a password
  if (type === 'file' && !existsSync(value)) return wrong('a file that exists');
  return null;
}

function nearest(name: string): string {
  const distance = (other: string): number =>
    [...new Set((name + other).split(''))].filter((letter) => count(name, letter) !== count(other, letter)).length;
  const best = variables.filter((variable) => variable.name.startsWith('QH_')).toSorted((a, b) => distance(a.name) - distance(b.name))[0];
  return best && distance(best.name) <= 3 ? ` Did you mean ${best.name}?` : ' Known are those in docs/reference/environment.md.';
}

function count(text: string, letter: string): number {
  return text.split(letter).length;
}

/** The table as markdown, for docs/reference. */
export function environmentTable(): string {
  const rows = variables.map((variable: Variable) => {
    const type = typeof variable.type === 'string' ? variable.type : variable.type.join(', ');
    const fallback = variable.fallback === null ? '' : `\`${variable.fallback}\``;
    return `| \`${variable.name}\` | ${type} | ${fallback} | ${variable.description.replaceAll('|', '\\|')} |`;
  });
  return ['| variable | type | default | meaning |', '|---|---|---|---|', ...rows, ''].join('\n');
}
