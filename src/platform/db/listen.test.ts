import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { openListener } from './listen.ts';

const database = await testDatabase();

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition() && waited < 20_000; waited += 20) await pause(20);
  expect(condition()).toBe(true);
}

test('a notification reaches its channel’s handlers, also after the connection was lost, and the gap is told', async () => {
  const heard: string[] = [];
  let gaps = 0;
  const listener = await openListener({ url: database.url('server'), applicationName: 'listen test', onGap: () => gaps++ });
  try {
    await listener.on('news', (payload) => heard.push(payload));
    await database.db.query(`select pg_notify('news', 'one'), pg_notify('other', 'not this')`);
    await until(() => heard.length === 1);
    // The same role may end its own sessions.
    await database.db.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'listen test' and datname = current_database()`,
    );
    await until(() => gaps === 1);
    await database.db.query(`select pg_notify('news', 'two')`);
    await until(() => heard.length === 2);
    expect(heard).toEqual(['one', 'two']);
  } finally {
    await listener.end();
  }
});

test('a handler that throws does not keep the others from hearing', async () => {
  const heard: string[] = [];
  const errors: string[] = [];
  const listener = await openListener({
    url: database.url('server'),
    applicationName: 'listen test',
    onError: (error) => errors.push(error.message),
  });
  try {
    await listener.on('news', () => {
      throw new Error('deaf');
    });
    const stop = await listener.on('news', (payload) => heard.push(payload));
    await database.db.query(`select pg_notify('news', 'one')`);
    await until(() => heard.length === 1);
    expect(errors).toEqual(['deaf']);
    stop();
    await database.db.query(`select pg_notify('news', 'two')`);
    await until(() => errors.length === 2);
    expect(heard).toEqual(['one']);
  } finally {
    await listener.end();
  }
});
