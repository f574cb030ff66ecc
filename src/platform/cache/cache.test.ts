import { expect, test } from 'vitest';
import { createLog } from '../log/log.ts';
import { Notifications } from '../notify/notify.ts';
import { ProcessCache } from './cache.ts';

const make = (options?: { maxEntries?: number; lifetimeMs?: number }) => {
  const notifications = new Notifications(createLog({ level: 'silent', readable: false }));
  return { notifications, cache: new ProcessCache(notifications, options) };
};

test('callers at the same time share one load, later ones its answer', async () => {
  const { cache } = make();
  let loads = 0;
  const load = async () => ++loads;
  expect(await Promise.all([cache.get('a', [], load), cache.get('a', [], load)])).toEqual([1, 1]);
  expect(await cache.get('a', [], load)).toBe(1);
});

test('a notification of what an answer rests on forgets it, and no other', async () => {
  const { cache, notifications } = make();
  let loads = 0;
  const load = async () => ++loads;
  await cache.get('a', ['statistics.changed'], load);
  await cache.get('b', ['org.changed'], load);
  notifications.deliver('{"topic": "statistics.changed"}');
  expect(await cache.get('a', ['statistics.changed'], load)).toBe(3);
  expect(await cache.get('b', ['org.changed'], load)).toBe(2);
});

test('after a gap in listening everything is forgotten', async () => {
  const { cache, notifications } = make();
  let loads = 0;
  await cache.get('a', ['statistics.changed'], async () => ++loads);
  notifications.gap();
  expect(await cache.get('a', ['statistics.changed'], async () => ++loads)).toBe(2);
});

test('a failed load is not kept', async () => {
  const { cache } = make();
  await expect(cache.get('a', [], async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await cache.get('a', [], async () => 1)).toBe(1);
});

test('it holds no more than it may, and forgets the oldest first', async () => {
  const { cache } = make({ maxEntries: 2 });
  let loads = 0;
  for (const key of ['a', 'b', 'c']) await cache.get(key, [], async () => ++loads);
  expect(await cache.get('c', [], async () => ++loads)).toBe(3);
  expect(await cache.get('a', [], async () => ++loads)).toBe(4);
});

test('a payload that is not JSON harms nobody', () => {
  const { notifications } = make();
  let heard = 0;
  notifications.on('x', () => heard++);
  notifications.deliver('not json');
  notifications.deliver('{"topic": "x"}');
  expect(heard).toBe(1);
});
