/** Serial 0 of the 1900 system, for serials after the 29.02.1900 that this system has and the calendar has not. */
const epoch1900 = Date.UTC(1899, 11, 30);
const epoch1904 = Date.UTC(1904, 0, 1);
const lastDay = Date.UTC(10_000, 0, 1);

/** `YYYY-MM-DD HH:MM:SS` of a cell's date number, rounded to the nearest second; null where it names no date. */
export function serialTimestamp(serial: number, date1904: boolean): string | null {
  if (!Number.isFinite(serial) || serial < 0 || (!date1904 && serial < 61)) return null;
  const ms = (date1904 ? epoch1904 : epoch1900) + Math.round(serial * 86_400) * 1000;
  return ms >= lastDay ? null : new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}

/** The same for a cell that holds an ISO date, e.g. `2025-02-27T12:00:00.000`; a zone other than UTC is not guessed at. */
export function isoTimestamp(text: string): string | null {
  const parts = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::(\d{2}(?:\.\d{1,9})?))?Z?)?$/.exec(text.trim());
  if (!parts) return null;
  const day = Date.parse(`${parts[1]}T00:00:00Z`);
  const time = parts[2] ?? '00:00';
  const seconds = Number(time.slice(0, 2)) * 3600 + Number(time.slice(3)) * 60 + Math.round(Number(parts[3] ?? 0));
  if (Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== parts[1] || text.trim().startsWith('0000')) return null;
  if (Number(time.slice(0, 2)) > 23 || Number(time.slice(3)) > 59 || Number(parts[3] ?? 0) >= 60) return null;
  const ms = day + seconds * 1000;
  return ms >= lastDay ? null : new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}

/** Two digits as a number; so far below zero for anything else that no sum with it is a date. */
const two = (bytes: Buffer, at: number) => {
  const tens = bytes[at]! - 48;
  const ones = bytes[at + 1]! - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1_000_000;
};

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the bytes are exactly `DD.MM.YYYY HH:MM` (or with `:SS`) and name a date that exists. */
export function isPeriod(bytes: Buffer, at: number, seconds: boolean): boolean {
  if (bytes[at + 2] !== 46 || bytes[at + 5] !== 46 || bytes[at + 10] !== 32 || bytes[at + 13] !== 58) return false;
  if (seconds && (bytes[at + 16] !== 58 || two(bytes, at + 17) < 0 || two(bytes, at + 17) > 59)) return false;
  const day = two(bytes, at);
  const month = two(bytes, at + 3);
  const year = two(bytes, at + 6) * 100 + two(bytes, at + 8);
  const hour = two(bytes, at + 11);
  const minute = two(bytes, at + 14);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || month < 1 || month > 12 || day < 1 || year < 1) return false;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= monthDays[month - 1]! + (leap ? 1 : 0);
}
