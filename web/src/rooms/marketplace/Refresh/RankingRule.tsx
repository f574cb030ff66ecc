import { Button, NumberInput, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { setRankingMinimum } from '../../../../../src/rooms/marketplace/contract.ts';
import { call } from '../../../client.ts';
import { Panel } from '../../../design/Page.tsx';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { Answer } from '../../../kit/states/Answer.tsx';
import { Problem } from '../../../kit/states/Problem.tsx';
import { rankingMinimumQuery } from '../queries.ts';

/** From how many offers on an advisor is ranked, and how many that leaves. */
export function RankingRule({ onChanged }: { onChanged: () => Promise<void> }) {
  const text = useText();
  const format = useFormat();
  const rule = useQuery(rankingMinimumQuery);
  const [typed, setTyped] = useState<number | string | null>(null);
  const change = useMutation({
    mutationFn: (minimum: number) => call(setRankingMinimum, { minimum_offers: minimum }),
    onSuccess: async () => {
      await onChanged();
      setTyped(null);
    },
  });
  return (
    <Panel
      title={text('refresh.rule')}
      actions={
        <Button
          variant="default"
          size="xs"
          loading={change.isPending}
          disabled={typeof typed !== 'number'}
          aria-label={text('refresh.ruleSave')}
          onClick={() => typeof typed === 'number' && change.mutate(typed)}
        >
          {text('common.save')}
        </Button>
      }
    >
      <Answer query={rule} rows={2}>
        {({ minimum_offers: minimum, advisors, ranked }) => (
          <Stack gap="xs" align="start">
            {change.error && <Problem error={change.error} />}
            <NumberInput
              label={text('refresh.minimum')}
              description={text('refresh.minimumHow')}
              min={0}
              max={10_000}
              allowDecimal={false}
              value={typed ?? minimum}
              onChange={setTyped}
            />
            <Text size="sm">{text('refresh.ranked', { ranked: format.number(ranked), advisors: format.number(advisors) })}</Text>
          </Stack>
        )}
      </Answer>
    </Panel>
  );
}
