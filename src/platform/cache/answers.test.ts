import { expect, test } from 'vitest';
import { createLog } from '../log/log.ts';
import { Notifications } from '../notify/notify.ts';
import { AnswerCache } from './answers.ts';
import { meets, periodOf, questionKey, type Ground } from './question.ts';

const topics = ['statistics.changed', 'org.changed'];

function make(sync: () => Promise<void> = async () => {}) {
  const notifications = new Notifications(createLog({ level: 'silent', readable: false }));
  const cache = new AnswerCache(notifications, { sync, topics });
  let loads = 0;
  const ask = async (key: string, ground: Partial<Ground> = {}) => {
    const question = async () => ({ key, seconds: 300, ground: { topics, services: null, from: null, to: null, ...ground } });
    return (await cache.answer(question, key, async () => `${key}${++loads}`)).toString();
  };
  const tell = (change: object) => notifications.deliver(JSON.stringify(change));
  return { cache, ask, tell };
}

test('callers at the same time share one load, later ones its answer', async () => {
  const { ask, cache } = make();
  expect(await Promise.all([ask('a'), ask('a')])).toEqual(['a1', 'a1']);
  expect(await ask('a')).toBe('a1');
  expect(cache.counts).toMatchObject({ miss: 1, hit: 2 });
});

test('a long answer is kept from the second asking on, a short one from the first', async () => {
  const { cache } = make();
  const question = (key: string) => async () => ({ key, seconds: 300, ground: { topics, services: null, from: null, to: null } });
  const ask = (key: string, bytes: number) => cache.answer(question(key), key, async () => 'a'.repeat(bytes));
  const outcomes = async (key: string, bytes: number) => {
    const before = { ...cache.counts };
    for (const _ of [1, 2, 3]) await ask(key, bytes);
    return { miss: cache.counts.miss - before.miss, hit: cache.counts.hit - before.hit };
  };
  expect(await outcomes('short', 16_384)).toEqual({ miss: 1, hit: 2 });
  expect(await outcomes('long', 16_385)).toEqual({ miss: 2, hit: 1 });
  expect(await outcomes('too long', 1_000_001)).toEqual({ miss: 3, hit: 0 });
  expect(cache.size).toEqual({ entries: 2, bytes: 16_384 + 16_385 });
  // Callers at the same time share the load also of what is not kept.
  expect((await Promise.all([ask('both', 20_000), ask('both', 20_000)])).map(({ length }) => length)).toEqual([20_000, 20_000]);
  expect(cache.counts).toMatchObject({ miss: 7, hit: 4 });
});

test('a change forgets the answers of its services and its time, and no other', async () => {
  const { ask, tell } = make();
  const march = { from: Date.parse('2025-03-01'), to: Date.parse('2025-03-03') };
  await ask('a', { services: [1], ...march });
  await ask('b', { services: [2], ...march });
  await ask('c', { services: [1], from: Date.parse('2025-05-01'), to: Date.parse('2025-05-02') });
  await ask('d');
  tell({ topic: 'statistics.changed', service_ids: [1], start_time: '2025-03-02T10:00:00Z', end_time: '2025-03-02T10:15:00Z' });
  expect([await ask('a', { services: [1], ...march }), await ask('b'), await ask('c'), await ask('d')]).toEqual(['a5', 'b2', 'c3', 'd6']);
});

test('while a commit is on its way, and until its notifications came back, no answer is given or kept', async () => {
  let synced = () => {};
  const { ask, cache, tell } = make(() => new Promise((resolve) => (synced = resolve)));
  await ask('a');
  const answered = cache.commit();
  expect(await ask('a')).toBe('a2');
  answered();
  expect(await ask('a')).toBe('a3');
  tell({ topic: 'statistics.changed' });
  synced();
  await new Promise(setImmediate);
  expect([await ask('a'), await ask('a')]).toEqual(['a4', 'a4']);
});

test('a fact is asked once between two changes, and a failed one again', async () => {
  const { cache, tell } = make();
  let asked = 0;
  const id = async () => ++asked;
  expect([await cache.fact('code', id), await cache.fact('code', id), await cache.fact('other', id)]).toEqual([1, 1, 2]);
  tell({ topic: 'org.changed' });
  expect(await cache.fact('code', id)).toBe(3);
  await expect(cache.fact('away', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await cache.fact('away', id)).toBe(4);
});

test('a load that began before the commit is not kept past it', async () => {
  const { cache, tell } = make();
  let finish = (_answer: string) => {};
  const question = async () => ({ key: 'a', seconds: 300, ground: { topics, services: null, from: null, to: null } });
  const first = cache.answer(question, 'a', () => new Promise((resolve) => (finish = resolve)));
  await new Promise(setImmediate);
  cache.commit()();
  tell({ topic: 'statistics.changed' });
  await new Promise(setImmediate);
  finish('old');
  expect(String(await first)).toBe('old');
  expect(String(await cache.answer(question, 'a', async () => 'new'))).toBe('new');
});

test('a node that does not listen keeps nothing', async () => {
  const { ask, cache } = make();
  await ask('a');
  cache.listens(false);
  expect([await ask('a'), await ask('a')]).toEqual(['a2', 'a3']);
  cache.listens(true);
  expect([await ask('a'), await ask('a')]).toEqual(['a4', 'a4']);
});

test('callers who see different rows have different questions; the order of the input makes none', () => {
  const key = (input: object, services: string) => questionKey('x.y', { ...input }, { 'qh.services': services }, '');
  expect(key({ a: 1, b: 2 }, 'all')).toBe(key({ b: 2, a: 1, c: undefined }, 'all'));
  expect(new Set([key({ a: 1 }, 'all'), key({ a: 1 }, '1'), key({ a: 1 }, '1,2'), key({ a: 2 }, 'all')]).size).toBe(4);
  expect(new Set([key({ a: 1 }, ''), key({ a: 1, fields: ['b'] }, ''), key({ a: 1, fields: ['c'] }, '')]).size).toBe(3);
});

test('a period counts a day wider on either side; with one end only it is open', () => {
  expect(periodOf({ start_time: '2025-03-02', end_time: '2025-03-03' })).toEqual({ from: Date.parse('2025-03-01'), to: Date.parse('2025-03-05') });
  expect(periodOf({ start_time: '2025-03-02' })).toEqual({ from: null, to: null });
  const ground = { topics, services: [1], from: Date.parse('2025-03-01'), to: Date.parse('2025-03-05') };
  expect(meets({ topic: 'org.changed' }, ground)).toBe(true);
  expect(meets({ topic: 'other' }, ground)).toBe(false);
  expect(meets({ topic: 'statistics.changed', service_ids: [1], start_time: '2025-03-05T00:00:00Z', end_time: '2025-03-06T00:00:00Z' }, ground)).toBe(
    false,
  );
});
