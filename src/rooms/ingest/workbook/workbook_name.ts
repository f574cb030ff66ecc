/** What the name of a report file says. The contents decide when they differ. */
export interface WorkbookName {
  project: string | null;
  interval: '15m' | '30m' | '1h' | null;
  intervalMinutes: 15 | 30 | 60 | null;
}

const intervals = {
  '15m': { interval: '15m', intervalMinutes: 15 },
  '30m': { interval: '30m', intervalMinutes: 30 },
  '1h': { interval: '1h', intervalMinutes: 60 },
} as const;

// The letters may be Cyrillic or Latin, in either case; a longer word (`15мест`) is no interval.
const interval = /(?:^|[-_\s])(15|30)\s*[мm](?:ин|in)?(?![\p{L}\p{N}])|(?:^|[-_\s])(1)\s*[чh](?:ас)?(?![\p{L}\p{N}])/iu;
const project = /^отч[её]т[\s_]*входящие[\s_]*проекты\s*-\s*(.+)$/iu;

/** Reads project and interval from a name such as `ОтчетВходящиеПроекты-ВТМ-15м(1).xlsx`; folders are not looked at. */
export function workbookName(filename: string): WorkbookName {
  const base = filename.normalize('NFC').split(/[/\\]/).pop() ?? '';
  const stem = base
    .replace(/\.[A-Za-z]{3,4}$/, '')
    .replace(/(?:\s*\(\d+\))+$/, '')
    .trim();
  const found = interval.exec(stem);
  const type = found ? intervals[found[1] ? (`${found[1]}m` as '15m' | '30m') : '1h'] : { interval: null, intervalMinutes: null };
  const rest = project.exec(found ? stem.slice(0, found.index) : stem);
  return { project: rest?.[1]?.trim() || null, ...type };
}
