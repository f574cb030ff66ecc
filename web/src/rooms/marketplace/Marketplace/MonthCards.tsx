import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { KpiCard, KpiRow } from '../../../kit/card/KpiCard.tsx';
import { useChangeAddress } from '../../../shell/address.ts';
import { type Month, monthToDateQuery } from '../queries.ts';
import { shown } from './panes.ts';

/** The running month as it stands now, against the month before; a click shows it in the table. */
export function MonthCards({ months }: { months: Month[] }) {
  const text = useText();
  const format = useFormat();
  const change = useChangeAddress();
  const live = useQuery(monthToDateQuery).data?.live as Month | undefined;
  const current = live ?? months.at(-1);
  const before = months.findLast(({ mes }) => current !== undefined && mes < current.mes);
  return (
    <Stack gap={4}>
      <Text size="sm" c="dimmed">
        {text('market.thisMonth')}
      </Text>
      <KpiRow>
        {shown.map(({ name, label, unit, kind }) => {
          const was = before?.[name] ?? null;
          return (
            <KpiCard
              key={name}
              label={text(label)}
              value={format.number(current?.[name], kind)}
              unit={text(unit)}
              change={was === null ? undefined : { text: format.number(was, kind), direction: 0, about: text('market.lastMonth') }}
              openLabel={text('market.openMonths')}
              onOpen={() => change({ view: 'table' })}
            />
          );
        })}
      </KpiRow>
    </Stack>
  );
}
