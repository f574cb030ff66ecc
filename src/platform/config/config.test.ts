import { describe, expect, test } from 'vitest';
import { environmentTable, parseConfig, variables } from './config.ts';

const problem = (env: Record<string, string>): string => {
  try {
    parseConfig(env);
    return 'none';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

test('with nothing set everything has a default', () => {
  const config = parseConfig({});
  expect(config).toMatchObject({ host: '127.0.0.1', port: 8080, databaseUrl: null, demo: true, logLevel: 'info', environment: 'development' });
  expect(config.excelDir).toBe(`${config.dataDir}/inbox`);
});

test('an empty value counts as not set', () => {
  expect(parseConfig({ QH_PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 8080, databaseUrl: null });
});

describe('what stops the start names the variable and says what is allowed', () => {
  test('an unknown QH_ variable, with the nearest known one', () => {
    expect(problem({ QH_PROT: '1' })).toBe('QH_PROT is not a variable of Quarterhour. Did you mean QH_PORT?');
    expect(problem({ QH_SOMETHING_ELSE: '1' })).toContain('QH_SOMETHING_ELSE is not a variable');
  });

  test.each([
    ['QH_PORT', '99999', 'a port from 0 to 65535'],
    ['QH_DEMO', 'maybe', '0 or 1'],
    ['QH_LOG_LEVEL', 'loud', 'one of trace, debug, info'],
    ['ENVIRONMENT', 'test', 'one of development, production'],
    ['QH_POOL_MAX', '1', 'a whole number of at least 2'],
    ['QH_TLS_CERT', '/nowhere/cert.pem', 'a file that exists'],
  ])('%s=%s', (name, value, allowed) => {
    expect(problem({ [name]: value })).toContain(`${name}=${value} is not allowed; it must be ${allowed}`);
  });

  test('all problems are said at once', () => {
    expect(problem({ QH_PORT: 'x', QH_DEMO: 'y' }).split('\n')).toHaveLength(2);
  });

  test('a secret or a URL with a password is not repeated', () => {
    for (const name of ['QH_ADMIN_KEY', 'QH_SECRET_KEY', 'DATABASE_URL']) {
      const message = problem({ [name]: 'hunter2 hun' });
      expect(message).toContain(name);
      expect(message).not.toContain('hunter2');
    }
  });

  test('half a certificate', () => {
    expect(problem({ QH_TLS_CERT: import.meta.filename })).toContain('must both be set');
  });
});

test.each([
  ['qh_ci_0123456789abcdefghijklmnopqrstuv', true],
  ['qh_ci-1_abc_DEF-ghi_jkl0123456789mnop', true],
  ['qh_ci_short', false],
  ['qh_0123456789abcdefghijklmnopqrstuvwxyz', false],
  ['key_ci_0123456789abcdefghijklmnopqrstuv', false],
])('admin key %s: %s', (key, allowed) => {
  expect(problem({ QH_ADMIN_KEY: key }) === 'none').toBe(allowed);
});

describe('an outside database', () => {
  test('DB_* make a URL, with everything encoded', () => {
    expect(parseConfig({ DB_HOST: 'db', DB_USER: 'me@work', DB_PASSWORD: 'p/w?', DB_NAME: 'q h' }).databaseUrl).toBe(
      'postgresql://me%40work:p%2Fw%3F@db:5432/q%20h',
    );
  });

  test('DATABASE_URL stands before DB_*', () => {
    expect(parseConfig({ DATABASE_URL: 'postgresql://a/b', DB_HOST: 'db' }).databaseUrl).toBe('postgresql://a/b');
  });
});

test('the printed table has a line for every variable', () => {
  const lines = environmentTable().split('\n');
  for (const { name } of variables) expect(lines.filter((line) => line.startsWith(`| \`${name}\``))).toHaveLength(1);
});
