import type { Format } from '../../../i18n/format.ts';
import type { Text } from '../../../i18n/text.ts';
import type { Pane, Series } from '../../../kit/chart/series.ts';
import { agentKpis, states } from '../agent_kpis.ts';
import type { AgentItem } from '../agent_queries.ts';

/** The states of the login on top of each other in hours, then occupancy and contacts. */
export function agentPanes(items: AgentItem[], text: Text, format: Format): Pane[] {
  const times = {
    starts: Float64Array.from(items, (item) => Date.parse(item.interval_start)),
    ends: Float64Array.from(items, (item) => Date.parse(item.interval_end)),
  };
  const below = new Float64Array(items.length);
  const stacked = states.map((name, index): Series => {
    const base = below.slice();
    const values = Float64Array.from(items, (item) => item[name] / 3600);
    for (const [at, value] of values.entries()) below[at] = (below[at] ?? 0) + value;
    return { label: text(`kpi.${name}`), shape: 'bars', tone: name === 'not_ready_seconds' ? 'pale' : index, ...times, values, base };
  });
  const line = (name: 'occupancy_pct' | 'handled', shape: Series['shape']): Pane => {
    const kpi = agentKpis.find((one) => one.name === name)!;
    return {
      id: name,
      title: text(kpi.label),
      unit: text(kpi.unit),
      format: (value) => format.number(value, kpi.kind),
      tick: (value) => format.number(value, 'tick'),
      series: [{ label: text(kpi.label), shape, tone: 'main', ...times, values: Float64Array.from(items, (item) => item[name] ?? Number.NaN) }],
      fromZero: shape === 'bars',
      ...(kpi.kind === 'pct' ? { ceiling: 100 } : {}),
    };
  };
  return [
    {
      id: 'login_seconds',
      title: text('agents.states'),
      unit: text('unit.hours'),
      format: (value) => format.number(value, 'hours'),
      tick: (value) => format.number(value, 'tick'),
      series: stacked,
      fromZero: true,
    },
    line('occupancy_pct', 'line'),
    line('handled', 'bars'),
  ];
}
