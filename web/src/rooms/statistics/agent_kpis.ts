import type { MessageKey } from '../../i18n/en.ts';
import type { Kind } from '../../i18n/format.ts';
import type { AgentItem } from './agent_queries.ts';

/** How the pages show a figure of agents; what it means and how it is computed is the server's to say (statistics.kpis, agent_…). */
export interface AgentKpi {
  name: keyof AgentItem;
  label: MessageKey;
  unit: MessageKey;
  kind: Kind;
  /** Lower is better, so that the table begins with the lowest. */
  optional?: boolean;
}

export const agentKpis = [
  { name: 'handled', label: 'kpi.handled', unit: 'unit.calls', kind: 'count' },
  { name: 'login_seconds', label: 'kpi.login_seconds', unit: 'unit.hours', kind: 'hours' },
  { name: 'occupancy_pct', label: 'kpi.occupancy_pct', unit: 'unit.pct', kind: 'pct' },
  { name: 'utilization_pct', label: 'kpi.utilization_pct', unit: 'unit.pct', kind: 'pct' },
  { name: 'calls_per_hour', label: 'kpi.calls_per_hour', unit: 'unit.calls', kind: 'seconds1' },
  { name: 'aht_seconds', label: 'kpi.aht_seconds', unit: 'unit.seconds', kind: 'seconds' },
] as const satisfies readonly AgentKpi[];

const moreAgentKpis = [
  { name: 'ready_seconds', label: 'kpi.ready_seconds', unit: 'unit.hours', kind: 'hours' },
  { name: 'not_ready_seconds', label: 'kpi.not_ready_seconds', unit: 'unit.hours', kind: 'hours' },
  { name: 'talk_seconds', label: 'kpi.talk_seconds', unit: 'unit.hours', kind: 'hours' },
  { name: 'hold_seconds', label: 'kpi.hold_seconds', unit: 'unit.hours', kind: 'hours', optional: true },
  { name: 'wrap_seconds', label: 'kpi.wrap_seconds', unit: 'unit.hours', kind: 'hours' },
  { name: 'unaccounted_seconds', label: 'kpi.unaccounted_seconds', unit: 'unit.hours', kind: 'hours', optional: true },
  { name: 'availability_pct', label: 'kpi.availability_pct', unit: 'unit.pct', kind: 'pct', optional: true },
  { name: 'handle_share_pct', label: 'kpi.handle_share_pct', unit: 'unit.pct', kind: 'pct', optional: true },
  { name: 'talk_avg_seconds', label: 'kpi.talk_avg_seconds', unit: 'unit.seconds', kind: 'seconds', optional: true },
  { name: 'wrap_avg_seconds', label: 'kpi.wrap_avg_seconds', unit: 'unit.seconds', kind: 'seconds', optional: true },
  { name: 'transferred', label: 'kpi.transferred', unit: 'unit.calls', kind: 'count', optional: true },
  { name: 'transfer_pct', label: 'kpi.transfer_pct', unit: 'unit.pct', kind: 'pct', optional: true },
] as const satisfies readonly AgentKpi[];

export const everyAgentKpi: readonly AgentKpi[] = [...agentKpis, ...moreAgentKpis];

/** The states of a login, in the order in which they are stacked. */
export const states = ['talk_seconds', 'hold_seconds', 'wrap_seconds', 'ready_seconds', 'not_ready_seconds'] as const;

/** The number as it is shown: sums of time in hours, all else as it comes. */
export function agentNumber(item: Partial<AgentItem>, kpi: AgentKpi): number | null {
  const value = item[kpi.name];
  if (typeof value !== 'number') return null;
  return kpi.kind === 'hours' ? value / 3600 : value;
}
