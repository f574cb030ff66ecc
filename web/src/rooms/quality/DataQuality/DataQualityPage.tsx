import { Button } from '@mantine/core';
import { IconPlayerPlay, IconShieldCheck } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { problemOf, queryClient } from '../../../client.ts';
import { Page, Panel } from '../../../design/Page.tsx';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { Answer } from '../../../kit/states/Answer.tsx';
import { Empty } from '../../../kit/states/Empty.tsx';
import { tell } from '../../../kit/states/undo.tsx';
import { useAddress } from '../../../shell/address.ts';
import { runNow, type Score, scoresQuery } from '../queries.ts';
import { Findings } from './Findings.tsx';
import { History } from './History.tsx';
import { Quarantine } from './Quarantine.tsx';
import { Repairs } from './Repairs.tsx';
import { Scores } from './Scores.tsx';
import { WrongRows } from './WrongRows.tsx';

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Can these figures be trusted, and what is to be done? */
export function DataQualityPage() {
  const text = useText();
  const { table, rule } = useAddress();
  const scores = useQuery(scoresQuery);
  const run = useMutation({
    mutationFn: runNow,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['quality'] }),
    onError: (error) => tell(text, problemOf(error).detail),
  });
  const start = (
    <Button leftSection={<IconPlayerPlay size={16} stroke={1.6} />} loading={run.isPending} onClick={() => run.mutate()}>
      {text('quality.run')}
    </Button>
  );
  return (
    <Page title={text('nav.quality')} about={<LastCheck scores={scores.data} />} actions={scores.data?.length ? start : undefined}>
      <Answer query={scores} rows={6}>
        {(all) =>
          all.length === 0 ? (
            <Panel>
              <Empty
                icon={<IconShieldCheck size={32} stroke={1.4} />}
                title={text('quality.emptyTitle')}
                actions={start}
                command="npx qh quality run-checks"
              >
                {text('quality.emptyText')}
              </Empty>
            </Panel>
          ) : (
            <>
              <Scores scores={all} chosen={table} />
              <Findings scores={table === undefined ? all : all.filter(({ table_name }) => table_name === table)} />
              <History table={table} />
              <Quarantine />
              <Repairs />
              {rule !== undefined && <WrongRows rule={rule} scores={all} />}
            </>
          )
        }
      </Answer>
    </Page>
  );
}

function LastCheck({ scores }: { scores: Score[] | undefined }) {
  const text = useText();
  const format = useFormat();
  const last = scores?.map(({ run_at }) => Date.parse(run_at)).toSorted((a, b) => b - a)[0];
  if (last === undefined) return text('quality.about');
  return text('quality.last', { at: `${format.dateTime(last, here)} (${here})` });
}
