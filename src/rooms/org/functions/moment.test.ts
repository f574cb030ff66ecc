import { expect, test } from 'vitest';
import { testDatabase } from '../../../../test/database.ts';

const database = await testDatabase();
async function moment(text: string, zone: string): Promise<string> {
  const [row] = await database.db.query<{ moment: Date }>('select org.moment($1, $2) as moment', [text, zone]);
  return row!.moment.toISOString();
}

test.each([
  ['2025-03-01', 'Europe/Berlin', '2025-02-28T23:00:00.000Z'],
  ['2025-03-01T09:15', 'Asia/Kolkata', '2025-03-01T03:45:00.000Z'],
  ['2025-03-01 09:15:30.5', 'UTC', '2025-03-01T09:15:30.500Z'],
  ['2025-03-01T09:15:00Z', 'Europe/Berlin', '2025-03-01T09:15:00.000Z'],
  ['2025-03-01T09:15:00+05:00', 'Europe/Berlin', '2025-03-01T04:15:00.000Z'],
  ['2025-03-01T09:15-0330', 'Europe/Berlin', '2025-03-01T12:45:00.000Z'],
  // A plus sign that a URL turned into a space.
  ['2025-03-01T09:15:00 05:00', 'Europe/Berlin', '2025-03-01T04:15:00.000Z'],
  ['2024-02-29', 'UTC', '2024-02-29T00:00:00.000Z'],
])('%s in %s is %s', async (text, zone, expected) => {
  expect(await moment(text, zone)).toBe(expected);
});

test('of a repeated wall-clock time the earlier moment is meant', async () => {
  expect(await moment('2025-10-26T02:30', 'Europe/Berlin')).toBe('2025-10-26T00:30:00.000Z');
  expect(await moment('2025-10-26T02:30+01:00', 'Europe/Berlin')).toBe('2025-10-26T01:30:00.000Z');
  // Lord Howe goes back by half an hour.
  expect(await moment('2025-04-06T01:45', 'Australia/Lord_Howe')).toBe('2025-04-05T14:45:00.000Z');
});

test.each([
  'today',
  '',
  '2025-3-1',
  '2025-02-30',
  '2025-13-01',
  '2025-01-01T24:00',
  '2025-01-01T10',
  '2025-01-01T10:60',
  '2025-01-01T10:00:60',
  '2025-01-01T10:00+99:00',
  '01.03.2025 10:00',
  "2025-01-01'; --",
])('%j is refused with a hint', async (text) => {
  await expect(moment(text, 'UTC')).rejects.toMatchObject({ code: 'QH400', hint: expect.any(String) });
});

test('null stays null', async () => {
  expect(await database.db.query(`select org.moment(null, 'UTC') as moment`)).toEqual([{ moment: null }]);
});
