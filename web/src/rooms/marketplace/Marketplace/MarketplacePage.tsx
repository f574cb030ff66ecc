import { Select, Stack } from '@mantine/core';
import { IconBuildingStore } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Page, Panel } from '../../../design/Page.tsx';
import { useText } from '../../../i18n/text.ts';
import { Answer } from '../../../kit/states/Answer.tsx';
import { Empty } from '../../../kit/states/Empty.tsx';
import { useAddress, useChangeAddress } from '../../../shell/address.ts';
import { type Month, monthsQuery, rankingQuery } from '../queries.ts';
import { AdvisorPanel } from './AdvisorPanel.tsx';
import { MonthCards } from './MonthCards.tsx';
import { Ranking } from './Ranking.tsx';
import { Trends } from './Trends.tsx';

/** Who sells, where, and is it getting better? */
export function MarketplacePage() {
  const text = useText();
  const months = useQuery(monthsQuery);
  return (
    <Page title={text('market.title')} about={text('market.about')}>
      <Answer query={months} rows={8}>
        {(found: Month[]) =>
          found.length === 0 ? (
            <Empty icon={<IconBuildingStore size={32} stroke={1.4} />} title={text('market.empty')} command="npx qh demo load">
              {text('market.emptyHow')}
            </Empty>
          ) : (
            <Stack gap="md">
              <MonthCards months={found} />
              <Trends months={found} />
              <RankingPanel />
            </Stack>
          )
        }
      </Answer>
    </Page>
  );
}

function RankingPanel() {
  const text = useText();
  const address = useAddress();
  const change = useChangeAddress();
  const city = address['city'];
  const all = useQuery(rankingQuery(undefined));
  const ranking = useQuery(rankingQuery(city));
  const cities = useMemo(() => [...new Set((all.data ?? []).map(({ ciudad }) => ciudad))].toSorted((a, b) => a.localeCompare(b)), [all.data]);
  return (
    <>
      <Panel title={text('market.ranking')} about={text('market.rankingAbout')} flush>
        <Answer query={ranking} rows={10}>
          {(advisors) => (
            <Ranking
              advisors={advisors}
              isCity={city !== undefined}
              onOpen={(advisor) => change({ advisor })}
              tools={
                <Select
                  size="xs"
                  aria-label={text('market.city')}
                  placeholder={text('market.nation')}
                  clearable
                  searchable
                  data={cities}
                  value={city ?? null}
                  onChange={(value) => change({ city: value ?? undefined })}
                />
              }
            />
          )}
        </Answer>
      </Panel>
      <AdvisorPanel advisors={all.data ?? []} advisor={address['advisor']} onClose={() => change({ advisor: undefined })} />
    </>
  );
}
