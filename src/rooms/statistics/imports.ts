import type { ImportColumn, ImportKind } from '../../platform/imports/kind.ts';

/** Argus report "Входящие проекты": 26 columns, or 27 with the project's name in each row. */
const reportColumns: ImportColumn[] = [
  { header: 'Период', name: 'period', kind: 'period' },
  { header: 'Проект', name: 'source_name', kind: 'name', optional: true, nullable: true },
  { header: 'CDO', name: 'offered', kind: 'count' },
  { header: 'HC', name: 'handled', kind: 'count' },
  { header: 'SHC', name: 'reported_handled_pct', kind: 'share' },
  { header: 'SHC (-AC5)', name: 'reported_handled_less_short_abandons_pct', kind: 'share' },
  { header: 'HC (SL)', name: 'answered_in_threshold', kind: 'count' },
  { header: 'SL', name: 'reported_service_level_pct', kind: 'share' },
  { header: 'SL on HC', name: 'reported_service_level_of_handled_pct', kind: 'share' },
  { header: 'AC', name: 'abandoned', kind: 'count' },
  { header: 'AC(5)', aliases: ['AC (5)'], name: 'abandoned_in_5s', kind: 'count' },
  { header: 'LCR', name: 'reported_abandonment_pct', kind: 'share' },
  { header: 'FC', name: 'failed', kind: 'count' },
  { header: 'TT', name: 'talk_seconds', kind: 'seconds' },
  { header: 'OTT', name: 'outbound_talk_seconds', kind: 'seconds' },
  { header: 'HT', name: 'hold_seconds', kind: 'seconds' },
  { header: 'THT', name: 'reported_handle_seconds', kind: 'seconds' },
  { header: 'AHT', name: 'reported_aht_seconds', kind: 'average' },
  { header: 'ACW', name: 'wrap_seconds', kind: 'seconds' },
  { header: 'THT (+ACW)', name: 'reported_handle_and_wrap_seconds', kind: 'seconds' },
  { header: 'AHT (+ACW)', name: 'reported_aht_with_wrap_seconds', kind: 'average' },
  { header: 'TWT (HC)', name: 'wait_handled_seconds', kind: 'seconds' },
  { header: 'AWT (HC)', name: 'reported_wait_handled_avg_seconds', kind: 'average', nullable: true },
  { header: 'MWT (HC)', name: 'max_wait_handled_seconds', kind: 'seconds' },
  { header: 'TWT (AC)', name: 'wait_abandoned_seconds', kind: 'seconds' },
  { header: 'AWT (AC)', name: 'reported_wait_abandoned_avg_seconds', kind: 'average', nullable: true },
  { header: 'MWT (AC)', name: 'max_wait_abandoned_seconds', kind: 'seconds' },
];

/** The five columns A–E of the load import; averages are per non-unique contact, in seconds. */
const loadColumns: ImportColumn[] = [
  { header: 'Start time', name: 'period', kind: 'period' },
  { header: 'Unique incoming', name: 'unique_offered', kind: 'count' },
  { header: 'Non-unique incoming', name: 'offered', kind: 'count' },
  { header: 'Average talk time', name: 'talk_avg_seconds', kind: 'count' },
  { header: 'Post-processing', name: 'wrap_avg_seconds', kind: 'count' },
];

export const argusReport: ImportKind = {
  name: 'argus_report',
  title: 'Argus report “Входящие проекты” (26 or 27 columns)',
  periodFormat: 'DD.MM.YYYY HH:MM',
  columns: reportColumns,
  signature: ['Период', 'CDO'],
  check: 'ingest.check_argus_report',
  load: 'statistics.load_interval_rows',
};

export const argusLoad: ImportKind = {
  name: 'argus_load',
  title: 'Argus load import (columns A–E)',
  periodFormat: 'DD.MM.YYYY HH:MM:SS',
  columns: loadColumns,
  signature: ['Start time', 'Unique incoming'],
  check: 'ingest.check_argus_load',
  load: 'statistics.load_interval_rows',
};

export const importKinds: readonly ImportKind[] = [argusReport, argusLoad];
