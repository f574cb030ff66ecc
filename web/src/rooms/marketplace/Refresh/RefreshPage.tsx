import { Button, Stack, Text, TextInput } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { refresh, rescheduleRefresh } from '../../../../../src/rooms/marketplace/contract.ts';
import { call } from '../../../client.ts';
import { Page, Panel } from '../../../design/Page.tsx';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { Answer } from '../../../kit/states/Answer.tsx';
import { Problem } from '../../../kit/states/Problem.tsx';
import { Status } from '../../../kit/states/Status.tsx';
import { healthQuery, runsQuery, schedulerQuery, viewsQuery, zone } from '../queries.ts';
import { RankingRule } from './RankingRule.tsx';
import { Runs } from './Runs.tsx';
import { Views } from './Views.tsx';

/** Are the key figures of this morning, and when are they made again? */
export function RefreshPage() {
  const text = useText();
  const queries = useQueryClient();
  const views = useQuery(viewsQuery);
  const runs = useQuery(runsQuery);
  const again = () => queries.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('marketplace.') });
  const now = useMutation({ mutationFn: () => call(refresh, {}), onSettled: again });
  return (
    <Page
      title={text('refresh.title')}
      about={text('refresh.about')}
      actions={
        <Button leftSection={<IconRefresh size={16} />} loading={now.isPending} onClick={() => now.mutate()}>
          {text('refresh.now')}
        </Button>
      }
    >
      <Stack gap="md">
        {now.error && <Problem error={now.error} />}
        <State />
        <Schedule onChanged={again} />
        <RankingRule onChanged={again} />
        <Panel title={text('refresh.views')} flush>
          <Answer query={views} rows={3}>
            {(found) => <Views views={found} />}
          </Answer>
        </Panel>
        <Panel title={text('refresh.log')} flush>
          <Answer query={runs} rows={6}>
            {(found) => <Runs runs={found} />}
          </Answer>
        </Panel>
      </Stack>
    </Page>
  );
}

const tones = { healthy: 'good', degraded: 'risk', unhealthy: 'bad' } as const;

function State() {
  const text = useText();
  return (
    <Panel title={text('refresh.state')}>
      <Answer query={useQuery(healthQuery)} rows={1}>
        {({ status, reasons }) => (
          <Stack gap="xs" align="start">
            <Status tone={tones[status as keyof typeof tones]}>{text(`refresh.${status as keyof typeof tones}`)}</Status>
            {reasons.map((reason) => (
              <Text key={reason} size="sm" lang="en">
                {reason}
              </Text>
            ))}
          </Stack>
        )}
      </Answer>
    </Panel>
  );
}

interface Job {
  next_run_time: string;
  trigger: string;
}

function Schedule({ onChanged }: { onChanged: () => Promise<void> }) {
  const text = useText();
  const format = useFormat();
  const field = useRef<HTMLInputElement>(null);
  const scheduler = useQuery(schedulerQuery);
  const change = useMutation({
    mutationFn: async () => {
      const [hour, minute] = (field.current?.value ?? '').split(':').map(Number) as [number, number];
      return call(rescheduleRefresh, { hour, minute });
    },
    onSuccess: onChanged,
  });
  return (
    <Panel
      title={text('refresh.schedule')}
      actions={
        <Button variant="default" size="xs" loading={change.isPending} onClick={() => change.mutate()}>
          {text('common.save')}
        </Button>
      }
    >
      <Answer query={scheduler} rows={2}>
        {({ jobs }) => {
          const [job] = jobs as Job[];
          return (
            <Stack gap="xs" align="start">
              {change.error && <Problem error={change.error} />}
              <TextInput
                type="time"
                key={job!.trigger}
                ref={field}
                label={text('refresh.time', { zone })}
                defaultValue={/\d\d:\d\d/.exec(job!.trigger)?.[0] ?? '01:00'}
              />
              <Text size="sm" role="status">
                {text('refresh.next', { at: format.dateTime(Date.parse(job!.next_run_time), zone), zone })}
              </Text>
            </Stack>
          );
        }}
      </Answer>
    </Panel>
  );
}
