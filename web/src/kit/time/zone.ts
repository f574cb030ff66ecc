/** Civil time in an IANA zone, for axis ticks and date pickers. The server does the arithmetic on figures. */

const formatters = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();
const quarter = 900_000;

function readOffset(instant: number, zone: string): number {
  const formatter =
    formatters.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
  formatters.set(zone, formatter);
  const parts: Record<string, number> = {};
  for (const { type, value } of formatter.formatToParts(instant)) parts[type] = Number(value);
  const civil = Date.UTC(parts['year'] ?? 0, (parts['month'] ?? 1) - 1, parts['day'] ?? 1, parts['hour'] ?? 0, parts['minute'] ?? 0);
  return civil - Math.floor(instant / 60_000) * 60_000;
}

/** Milliseconds to add to UTC. No zone changes its offset between quarter-hours, so those are remembered. */
function offsetAt(instant: number, zone: string): number {
  const slot = Math.floor(instant / quarter);
  const known = offsets.get(zone) ?? new Map<number, number>();
  offsets.set(zone, known);
  const offset = known.get(slot) ?? readOffset(slot * quarter, zone);
  known.set(slot, offset);
  return offset;
}

/** The civil time of an instant, as the UTC milliseconds of a clock that shows the same digits. */
export function toCivil(instant: number, zone: string): number {
  return instant + offsetAt(instant, zone);
}

/** The instant of a civil time; the earlier one where it occurs twice, the moment after the gap where it does not occur. */
export function toInstant(civil: number, zone: string): number {
  const early = civil - offsetAt(civil - 86_400_000, zone);
  const late = civil - offsetAt(civil + 86_400_000, zone);
  if (toCivil(early, zone) === civil) return early;
  if (toCivil(late, zone) === civil) return late;
  return Math.max(early, late);
}

/** "2025-01-24" or "2025-01-24T09:15" in the zone → instant. */
export function parseCivil(text: string, zone: string): number {
  return toInstant(Date.parse(`${text.length === 10 ? `${text}T00:00` : text}Z`), zone);
}

/** The civil date "2025-01-24" of an instant. */
export function civilDate(instant: number, zone: string): string {
  return new Date(toCivil(instant, zone)).toISOString().slice(0, 10);
}

/** The civil minute "2025-01-24T09:15" of an instant. */
export function civilMinute(instant: number, zone: string): string {
  return new Date(toCivil(instant, zone)).toISOString().slice(0, 16);
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

export function addMonths(date: string, months: number): string {
  const day = new Date(`${date}T00:00Z`);
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months, Math.min(day.getUTCDate(), last))).toISOString().slice(0, 10);
}

/** The zone as people know it: Etc/GMT-5 is five hours ahead of Greenwich, which nobody guesses. */
export const zoneName = (zone: string): string => (/^Etc\/GMT[+-]/.test(zone) ? offsetName(0, zone) : zone);

/** "Europe/Berlin (UTC+01:00)", for naming a zone beside a time. */
export function zoneAt(instant: number, zone: string): string {
  const [name, offset] = [zoneName(zone), offsetName(instant, zone)];
  return name.startsWith('UTC') ? name : `${name} (${offset})`;
}

/** "UTC+05:00" */
export function offsetName(instant: number, zone: string): string {
  const minutes = Math.round(offsetAt(instant, zone) / 60_000);
  const [sign, size] = [minutes < 0 ? '−' : '+', Math.abs(minutes)];
  return `UTC${sign}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
}
