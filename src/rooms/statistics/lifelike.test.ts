import { expect, test } from 'vitest';
import { lifelikeIntervals, type LifelikeInterval, type LifelikeOptions } from './lifelike.ts';
import { addToTotals, emptyTotals, reportTitleText, reportValues } from './lifelike_report.ts';

const options: LifelikeOptions = {
  seed: 5,
  sources: [
    { name: 'main', callsPerDay: 8000 },
    { name: 'small', callsPerDay: 40 },
    { name: 'office', callsPerDay: 500, officeHours: true },
  ],
  start: '2025-03-03T00:00',
  intervalMinutes: 15,
  intervals: 28 * 96,
};
const rows = [...lifelikeIntervals(options)];

test('the same seed gives the same calls', () => {
  expect([...lifelikeIntervals(options)]).toEqual(rows);
  expect([...lifelikeIntervals({ ...options, seed: 6 })]).not.toEqual(rows);
});

test('every interval is consistent in itself', () => {
  const wrong = rows.filter((row) => {
    const slow = row.handled - row.answeredInThreshold;
    return !(
      row.offered > 0 &&
      row.handled + row.abandoned === row.offered &&
      slow >= 0 &&
      row.abandonedIn5s <= row.abandoned &&
      row.maxWaitHandledSeconds <= row.waitHandledSeconds &&
      row.waitHandledSeconds <= row.maxWaitHandledSeconds * row.handled &&
      row.waitAbandonedSeconds <= row.maxWaitAbandonedSeconds * row.abandoned &&
      (slow > 0 ? row.maxWaitHandledSeconds > 20 : row.maxWaitHandledSeconds <= 20) &&
      Object.values(row).every((value) => Number.isInteger(value) && value >= 0)
    );
  });
  expect(wrong).toEqual([]);
});

test('a day looks like a day: volume, peak, weekend, office hours', () => {
  const of = (source: number, keep: (date: Date) => boolean) =>
    rows.filter((row) => row.source === source && keep(new Date(row.time))).reduce((sum, row) => sum + row.offered, 0);
  const perDay = of(0, () => true) / 28;
  expect(perDay).toBeGreaterThan(7000);
  expect(perDay).toBeLessThan(10_000);
  expect(of(0, (date) => date.getUTCHours() === 11)).toBeGreaterThan(10 * of(0, (date) => date.getUTCHours() === 3));
  expect(of(0, (date) => date.getUTCDay() === 1)).toBeGreaterThan(1.7 * of(0, (date) => date.getUTCDay() === 0));
  expect(of(2, (date) => date.getUTCHours() < 9 || date.getUTCHours() >= 19 || date.getUTCDay() % 6 === 0)).toBe(0);
  expect(of(2, () => true)).toBeGreaterThan(0);
});

test('intervals without calls are left out unless they are asked for', () => {
  expect(rows.length).toBeLessThan(3 * 28 * 96);
  expect([...lifelikeIntervals({ ...options, intervals: 96, keepEmpty: true })]).toHaveLength(3 * 96);
});

const row: LifelikeInterval = {
  time: Date.UTC(2025, 0, 24, 0, 15),
  source: 0,
  offered: 8,
  handled: 7,
  answeredInThreshold: 5,
  abandoned: 1,
  abandonedIn5s: 1,
  failed: 0,
  talkSeconds: 943,
  outboundTalkSeconds: 47,
  holdSeconds: 0,
  wrapSeconds: 138,
  waitHandledSeconds: 181,
  maxWaitHandledSeconds: 112,
  waitAbandonedSeconds: 4,
  maxWaitAbandonedSeconds: 4,
};

test('shares and averages are rounded half up as the report prints them', () => {
  expect(reportValues(row, row.time, 'ВТМ')).toEqual([
    row.time,
    'ВТМ',
    8,
    7,
    87.5,
    100,
    5,
    62.5,
    71.4,
    1,
    1,
    12.5,
    0,
    943,
    47,
    0,
    990,
    141,
    138,
    1128,
    161,
    181,
    25.9,
    112,
    4,
    4,
    4,
  ]);
  const half = reportValues({ ...row, offered: 2000, handled: 1, abandoned: 1999 }, 'Итого', null);
  expect([half[0], half[4]]).toEqual(['Итого', 0.1]);
});

test('a share of nothing is 0, the wait of nobody is empty, totals add up', () => {
  const totals = emptyTotals();
  expect(reportValues(totals, 0, null).slice(4, 9)).toEqual([0, 0, 0, 0, 0]);
  expect(reportValues(totals, 0, null)[25]).toBeNull();
  addToTotals(totals, row);
  addToTotals(totals, { ...row, maxWaitHandledSeconds: 90 });
  expect(totals).toMatchObject({ offered: 16, talkSeconds: 1886, maxWaitHandledSeconds: 112 });
});

test('the title says the days and the clock', () => {
  expect(reportTitleText('2025-01-24', '2025-05-24', 300)).toBe('Входящие проекты [ c 24.01.2025 по 24.05.2025(+5) ]');
  expect(reportTitleText('2025-01-24', '2025-05-24', -210)).toContain('(-3:30)');
});
