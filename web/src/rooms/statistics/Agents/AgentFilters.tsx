import { Button, Group, Select } from '@mantine/core';
import { IconZoomReset } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useText } from '../../../i18n/text.ts';
import { GrainPicker } from '../../../kit/picker/GrainPicker.tsx';
import { MyTeamFilter } from '../../../kit/picker/MyTeamFilter.tsx';
import { RangePicker } from '../../../kit/picker/RangePicker.tsx';
import { ZonePicker } from '../../../kit/picker/ZonePicker.tsx';
import { useAddress, useChangeAddress } from '../../../shell/address.ts';
import type { Service } from '../../org/queries.ts';
import { comparisonQuery } from '../agent_queries.ts';
import { agentGrain, type AgentsView } from './useAgents.ts';

/** Whose activity, of which service, and when. */
export function AgentFilters({ service, view }: { service: Service; view: AgentsView }) {
  const text = useText();
  const address = useAddress();
  const change = useChangeAddress();
  const { question } = view;
  // Who is there to be chosen: everybody who was active in this time.
  const everybody = useQuery(comparisonQuery({ ...question, agent: undefined, team: undefined })).data;
  const { agents, teams } = useMemo(() => {
    const inTeam = everybody?.filter((one) => !question.team || one.team_code === question.team) ?? [];
    const codes = new Map(everybody?.flatMap((one) => (one.team_code ? [[one.team_code, one.team_name ?? one.team_code]] : [])));
    return {
      agents: inTeam.map((one) => ({ value: one.agent_code, label: one.agent_name })).toSorted((a, b) => a.label.localeCompare(b.label)),
      teams: [...codes].map(([value, label]) => ({ value, label })).toSorted((a, b) => a.label.localeCompare(b.label)),
    };
  }, [everybody, question.team]);
  return (
    <Group gap="sm">
      <Select
        aria-label={text('agents.service')}
        data={[
          { value: 'one', label: service.service_name },
          { value: 'all', label: text('agents.everyService') },
        ]}
        value={address['all'] === '1' ? 'all' : 'one'}
        onChange={(next) => change({ all: next === 'all' ? '1' : undefined, team: undefined, agent: undefined })}
        allowDeselect={false}
        w="clamp(124px, 9.6vw, 220px)"
      />
      <Select
        aria-label={text('agents.team')}
        placeholder={text('agents.everyTeam')}
        data={teams}
        value={question.team ?? null}
        onChange={(next) => change({ team: next ?? undefined, agent: undefined })}
        clearable
        searchable
        clearButtonProps={{ 'aria-label': text('agents.everyTeam') }}
        w="clamp(124px, 9.6vw, 220px)"
      />
      <Select
        aria-label={text('agents.agent')}
        placeholder={text('agents.everyAgent')}
        data={agents}
        value={question.agent ?? null}
        onChange={(next) => change({ agent: next ?? undefined })}
        clearable
        searchable
        clearButtonProps={{ 'aria-label': text('agents.everyAgent') }}
        w="clamp(124px, 9.6vw, 220px)"
      />
      <MyTeamFilter />
      <RangePicker
        value={view.range}
        preset={view.preset}
        data={view.data}
        onPreset={(range) => change({ range, from: undefined, to: undefined, zoom: undefined })}
        onRange={({ from, to }) => change({ from, to, range: undefined, zoom: undefined })}
      />
      <GrainPicker value={view.chosenGrain} auto={agentGrain(view.window)} onChange={(grain) => change({ grain: grain?.toString() })} />
      <ZonePicker value={view.zone} onChange={(zone) => change({ zone: zone === service.time_zone ? undefined : zone, zoom: undefined })} />
      {view.zoom && (
        <Button variant="light" leftSection={<IconZoomReset size={16} />} onClick={() => change({ zoom: undefined })}>
          {text('chart.reset')}
        </Button>
      )}
    </Group>
  );
}
