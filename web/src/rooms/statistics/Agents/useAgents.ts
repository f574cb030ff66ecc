import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Span } from '../../../kit/chart/series.ts';
import { readGrain } from '../../../kit/picker/grain.ts';
import { daysOf, type DayRange, isPreset, type Preset, readRange, readZoom, spanOf } from '../../../kit/picker/range.ts';
import { useMyTeam } from '../../../kit/picker/MyTeamFilter.tsx';
import { useAddress } from '../../../shell/address.ts';
import { useService } from '../../org/service_list.ts';
import { type AgentQuestion, agentSpanQuery } from '../agent_queries.ts';

export interface AgentsView {
  zone: string;
  data: DayRange;
  range: DayRange;
  preset: Preset | undefined;
  window: Span;
  zoom: Span | undefined;
  grain: number;
  chosenGrain: number | undefined;
  question: AgentQuestion;
}

const day = 86_400_000;

/** Days where there are several, else hours or quarters: a bar is a shift or a part of one. */
export const agentGrain = (span: Span): number => (span.to - span.from > 4 * day ? 1440 : span.to - span.from > 1.5 * day ? 60 : 15);

/** Turns the address into what the page asks. */
export function useAgents() {
  const address = useAddress();
  const { service, query: services } = useService();
  const mine = useMyTeam();
  const everyService = address['all'] === '1';
  const span = useQuery({ ...agentSpanQuery(everyService ? undefined : service?.service_code), enabled: service !== undefined });
  const view = useMemo((): AgentsView | undefined => {
    if (!span.data || !service) return undefined;
    const zone = address['zone'] ?? service.time_zone;
    const data = daysOf(span.data, zone);
    const range = readRange({ from: address['from'], to: address['to'], range: address['range'] }, data, 'week');
    const zoom = readZoom(address['zoom'], zone);
    const window = zoom ?? spanOf(range, zone);
    const chosenGrain = readGrain(address['grain']);
    return {
      zone,
      data,
      range,
      preset: address['from'] ? undefined : isPreset(address['range']) ? address['range'] : 'week',
      window,
      zoom,
      grain: chosenGrain ?? agentGrain(window),
      chosenGrain,
      question: {
        span: window,
        zone,
        agent: address['agent'],
        team: address['team'],
        mine,
        service: everyService ? undefined : service.service_code,
      },
    };
  }, [span.data, service, address, everyService, mine]);
  return { span, view, service, services };
}
