import { describe, expect, test } from 'vitest';
import { errorKinds, fromPostgres, QhError } from './errors.ts';

test('every code has a SQLSTATE of class QH of its own', () => {
  const states = Object.values(errorKinds).map(({ sqlState }) => sqlState);
  expect(new Set(states).size).toBe(states.length);
  for (const state of states) expect(state).toMatch(/^QH\d{3}$/);
});

test('what SQL raises keeps its words, its hint and its list of broken rules', () => {
  const detail = JSON.stringify([{ path: '/from', rule: 'date', value: '31.02', hint: 'a real date' }, { nonsense: true }]);
  const error = fromPostgres({ code: 'QH400', message: 'from is no date: 31.02', hint: 'try 28.02', detail });
  expect(error).toMatchObject({ code: 'bad_request', status: 400, exitCode: 2, detail: 'from is no date: 31.02', hint: 'try 28.02' });
  expect(error.errors).toEqual([{ path: '/from', rule: 'date', value: '31.02', hint: 'a real date' }]);
});

describe('PostgreSQL’s own errors', () => {
  test.each([
    [{ code: '57014', message: 'canceling statement due to statement timeout' }, 'timeout'],
    [{ code: '53300', message: 'sorry, too many clients already' }, 'unavailable'],
    [{ code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' }, 'unavailable'],
    [new Error('Connection terminated unexpectedly'), 'unavailable'],
    [{ code: '57P01', message: 'terminating connection' }, 'unavailable'],
    [{ code: '42501', message: 'permission denied for table services' }, 'forbidden'],
    [{ code: '22P02', message: 'invalid input syntax for type integer: "x"' }, 'bad_request'],
    [{ code: '23514', message: 'violates check', constraint: 'port_check' }, 'bad_request'],
    [{ code: '23505', message: 'duplicate key', detail: 'Key (code)=(A) already exists.' }, 'conflict'],
    [{ code: '40P01', message: 'deadlock detected' }, 'conflict'],
    [{ code: '42P01', message: 'relation "secret_table" does not exist' }, 'internal'],
    ['anything', 'internal'],
  ])('%o is %s', (thrown, code) => {
    expect(fromPostgres(thrown).code).toBe(code);
  });

  test('names of tables and an unforeseen message do not leak', () => {
    for (const code of ['42501', '42P01', 'XX000']) expect(fromPostgres({ code, message: 'secret_table' }).detail).not.toContain('secret_table');
  });
});

test('an error of ours passes through', () => {
  const error = new QhError('not_found', 'no service X');
  expect(fromPostgres(error)).toBe(error);
  expect(error.hint).toBe(errorKinds.not_found.hint);
});
