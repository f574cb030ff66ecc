import { Readable } from 'node:stream';
import { BlankFile, implement } from '../../platform/contract/implement.ts';
import type { CellKind, ImportKind } from '../../platform/imports/kind.ts';
import { template } from './contract.ts';
import { kindOf } from './kinds.ts';
import { writeReport, type ReportRow } from './workbook/write_report.ts';

/** One example row per layout; figures that agree with each other, so that the template itself imports without a warning. */
const examples: Record<string, Record<string, string | number>> = {
  argus_load: { period: '01.01.2024 09:00:00', unique_offered: 10, offered: 15, talk_avg_seconds: 300, wrap_avg_seconds: 30 },
  argus_report: {
    period: '24.01.2025 00:15',
    source_name: 'ВТМ_Бизнес 24',
    offered: 20,
    handled: 18,
    reported_handled_pct: 90,
    reported_handled_less_short_abandons_pct: 94.7,
    answered_in_threshold: 15,
    reported_service_level_pct: 75,
    reported_service_level_of_handled_pct: 83.3,
    abandoned: 2,
    abandoned_in_5s: 1,
    reported_abandonment_pct: 10,
    failed: 0,
    talk_seconds: 3600,
    outbound_talk_seconds: 0,
    hold_seconds: 180,
    reported_handle_seconds: 3780,
    reported_aht_seconds: 210,
    wrap_seconds: 540,
    reported_handle_and_wrap_seconds: 4320,
    reported_aht_with_wrap_seconds: 240,
    wait_handled_seconds: 270,
    reported_wait_handled_avg_seconds: 15,
    max_wait_handled_seconds: 42,
    wait_abandoned_seconds: 33,
    reported_wait_abandoned_avg_seconds: 16.5,
    max_wait_abandoned_seconds: 29,
  },
};
const blank: Record<CellKind, string | number> = { period: '', name: '', count: 0, seconds: 0, share: 0, average: 0, text: '', date: '' };

/** An empty workbook with the headers of a layout and one example row. */
export const templateVerb = (kinds: readonly ImportKind[]) =>
  implement(template, async ({ layout = 'argus_load' }) => {
    const kind = kindOf(kinds, layout);
    const row: ReportRow = kind.columns.map((column) => (kind.example ?? examples[layout])?.[column.name] ?? blank[column.kind]);
    const bytes = writeReport({ kind, rows: [row], text: 'plain' });
    return new BlankFile(`${layout}-template.xlsx`, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', Readable.from(bytes));
  });
