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

/** Agents by quarter hour: the times of an agent's quarter are divided among the services and queues of its rows. */
const agentColumns: ImportColumn[] = [
  { header: 'Period', aliases: ['Период', 'Periodo'], name: 'period', kind: 'period' },
  { header: 'Agent code', aliases: ['agent_code', 'Код оператора', 'Código de agente'], name: 'agent_code', kind: 'text' },
  { header: 'Agent name', aliases: ['agent_name', 'Оператор', 'Agente'], name: 'agent_name', kind: 'text', optional: true, nullable: true },
  { header: 'Service', aliases: ['Служба', 'Сервис', 'Проект', 'Servicio'], name: 'service', kind: 'text', optional: true, nullable: true },
  { header: 'Queue', aliases: ['Очередь', 'Группа', 'Cola'], name: 'queue', kind: 'text', optional: true, nullable: true },
  { header: 'Login time', aliases: ['login_seconds', 'Время в системе', 'Tiempo conectado'], name: 'login_seconds', kind: 'seconds' },
  { header: 'Ready time', aliases: ['ready_seconds', 'Время готовности', 'Tiempo disponible'], name: 'ready_seconds', kind: 'seconds' },
  {
    header: 'Not ready time',
    aliases: ['not_ready_seconds', 'Время неготовности', 'Tiempo no disponible'],
    name: 'not_ready_seconds',
    kind: 'seconds',
  },
  { header: 'Talk time', aliases: ['talk_seconds', 'Время разговора', 'Tiempo de conversación'], name: 'talk_seconds', kind: 'seconds' },
  { header: 'Hold time', aliases: ['hold_seconds', 'Время удержания', 'Tiempo de retención'], name: 'hold_seconds', kind: 'seconds' },
  { header: 'Wrap time', aliases: ['wrap_seconds', 'Поствызывная обработка', 'Trabajo posterior'], name: 'wrap_seconds', kind: 'seconds' },
  { header: 'Calls handled', aliases: ['calls_handled', 'handled', 'Обработано', 'Atendidas'], name: 'handled', kind: 'count' },
  {
    header: 'Calls transferred',
    aliases: ['calls_transferred', 'transferred', 'Переведено', 'Transferidas'],
    name: 'transferred',
    kind: 'count',
    optional: true,
    nullable: true,
  },
];

export const agentActivity: ImportKind = {
  name: 'agent_activity',
  title: 'Agent activity by quarter hour',
  columns: agentColumns,
  signature: ['Agent code', 'Login time'],
  check: 'statistics.check_agent_activity',
  load: 'statistics.load_agent_activity',
  example: {
    period: '03.03.2025 09:00',
    agent_code: 'A-1002',
    agent_name: 'Anna Petrova',
    login_seconds: 900,
    ready_seconds: 240,
    not_ready_seconds: 0,
    talk_seconds: 480,
    hold_seconds: 60,
    wrap_seconds: 120,
    handled: 3,
    transferred: 1,
  },
};

export const importKinds: readonly ImportKind[] = [argusReport, argusLoad, agentActivity];
