import type { LifelikeSource } from '../rooms/statistics/lifelike.ts';
import type { DemoWorkbook } from './demo_workbooks.ts';

/** The three services of the demo: an outsourcer by queue, a hotline with a load file beside its report, and a small centre by hour. */
export interface DemoService {
  code: string;
  name: string;
  timeZone: string;
  utcOffsetMinutes: number;
}

// Codes of their own, so that no file of a real project is ever imported into a demo service by its name.
export const demoServices: readonly DemoService[] = [
  { code: 'DEMO-VTM', name: 'ВТМ (demo)', timeZone: 'Asia/Yekaterinburg', utcOffsetMinutes: 300 },
  { code: 'DEMO-BUSINESS', name: 'Бизнес 24 (demo)', timeZone: 'Europe/Moscow', utcOffsetMinutes: 180 },
  { code: 'DEMO-SOPORTE', name: 'Soporte Bogotá (demo)', timeZone: 'America/Bogota', utcOffsetMinutes: -300 },
];

const days = 400;

/** Calls per day of the six ВТМ queues that have names; the others are small and open in office hours. */
const namedQueues: Record<string, Omit<LifelikeSource, 'name'>> = {
  VTM_SALES_01: { callsPerDay: 2100, talkSeconds: 240 },
  VTM_SALES_02: { callsPerDay: 1300, talkSeconds: 220 },
  VTM_SUPPORT_01: { callsPerDay: 2800, talkSeconds: 190, abandonment: 0.08 },
  VTM_SUPPORT_02: { callsPerDay: 1500, talkSeconds: 200 },
  VTM_TECH_01: { callsPerDay: 700, talkSeconds: 420, abandonment: 0.1 },
  VTM_VIP_01: { callsPerDay: 240, talkSeconds: 310, abandonment: 0.02 },
};

/** The workbooks that the demo imports; `queues` are the ВТМ queues with the names that the report prints. */
export function demoWorkbooks(queues: readonly { code: string; name: string }[]): DemoWorkbook[] {
  const [vtm, business, soporte] = demoServices as [DemoService, DemoService, DemoService];
  const byQueue = queues.map(({ code, name }, at): LifelikeSource => ({
    name,
    ...(namedQueues[code] ?? { callsPerDay: 12 + ((at * 7) % 40), talkSeconds: 140 + ((at * 37) % 120), officeHours: true }),
  }));
  const report = (service: DemoService, interval: '15м' | '30м' | '1ч', sources: readonly LifelikeSource[], seed: number): DemoWorkbook => ({
    service: service.code,
    layout: 'argus_report',
    filename: `ОтчетВходящиеПроекты-${service.code}-${interval}.xlsx`,
    sources,
    byProject: sources.length > 1,
    intervalMinutes: interval === '15м' ? 15 : interval === '30м' ? 30 : 60,
    days,
    utcOffsetMinutes: service.utcOffsetMinutes,
    seed,
  });
  const one = (name: string, callsPerDay: number): LifelikeSource[] => [{ name, callsPerDay }];
  return [
    report(vtm, '15м', byQueue, 11),
    { ...report(business, '30м', one(business.name, 900), 12), faultEvery: 4001 },
    {
      ...report(business, '15м', one(business.name, 900), 13),
      layout: 'argus_load',
      filename: `ОтчетВходящиеПроекты-${business.code}-15м.xlsx`,
      days: 60,
    },
    report(soporte, '1ч', one(soporte.name, 450), 14),
  ];
}

/** What `npm run dev` generates for today, by service code. */
export const liveSources: Record<string, LifelikeSource> = {
  'DEMO-VTM': { name: 'ВТМ', callsPerDay: 8600, talkSeconds: 220 },
  'DEMO-BUSINESS': { name: 'Бизнес', callsPerDay: 900 },
  'DEMO-SOPORTE': { name: 'Soporte', callsPerDay: 450 },
};
