import type { UseQueryResult } from '@tanstack/react-query';
import { type Format, useFormat } from '../../../i18n/format.ts';
import { type Text, useText } from '../../../i18n/text.ts';
import { KpiCard, KpiRow } from '../../../kit/card/KpiCard.tsx';
import { Answer } from '../../../kit/states/Answer.tsx';
import { Status } from '../../../kit/states/Status.tsx';
import type { Service } from '../../org/queries.ts';
import { kpis, numberOf, type ShownKpi } from '../kpis.ts';
import type { Interval } from '../queries.ts';
import type { Comparison } from './useIntervals.ts';

interface CardsProps {
  total: UseQueryResult<Interval | null>;
  earlier: Interval | null | undefined;
  comparison: Comparison;
  service: Service;
  onOpen: (kpi: string) => void;
}

export function Cards({ total, earlier, comparison, service, onOpen }: CardsProps) {
  const text = useText();
  const format = useFormat();
  return (
    <Answer query={total} rows={1}>
      {(item) => (
        <KpiRow>
          {kpis.map((kpi: ShownKpi) => {
            const value = item && numberOf(item, kpi.name);
            const before = earlier ? numberOf(earlier, kpi.name) : null;
            return (
              <KpiCard
                key={kpi.name}
                label={text(kpi.label)}
                value={format.number(value, kpi.kind)}
                unit={text(kpi.unit)}
                status={statusOf(kpi.name, value, service, text)}
                change={value !== null && before !== null ? changeOf(kpi, value, before, comparison, text, format) : undefined}
                openLabel={text('drill.open')}
                onOpen={() => onOpen(kpi.name)}
              />
            );
          })}
        </KpiRow>
      )}
    </Answer>
  );
}

function changeOf(kpi: ShownKpi, value: number, before: number, comparison: Comparison, text: Text, format: Format) {
  const difference = value - before;
  const about = text('compare.was', { what: text(`compare.${comparison}`), value: format.number(before, kpi.kind) });
  const isShare = kpi.kind === 'pct';
  const share = before === 0 ? '' : format.change((difference / before) * 100, 'pct');
  const words = isShare
    ? text('compare.points', { value: format.change(difference, kpi.kind) })
    : share
      ? `${share} %`
      : format.change(difference, kpi.kind);
  // What is printed as zero points nowhere.
  return { about, text: words, direction: (/[1-9]/.test(words) ? Math.sign(difference) : 0) as -1 | 0 | 1 };
}

/** Within a tenth of the distance to the target is at risk. */
function statusOf(name: string, value: number | null, service: Service, text: Text) {
  if (value === null) return undefined;
  if (name === 'service_level_pct') {
    const { target_service_level_pct: target } = service;
    if (value >= target) return <Status tone="good">{text('status.met')}</Status>;
    return value >= target * 0.95 ? <Status tone="risk">{text('status.risk')}</Status> : <Status tone="bad">{text('status.missed')}</Status>;
  }
  if (name === 'abandonment_pct') {
    const { target_abandonment_pct: limit } = service;
    if (value <= limit) return <Status tone="good">{text('status.met')}</Status>;
    return value <= limit * 1.2 ? <Status tone="risk">{text('status.risk')}</Status> : <Status tone="bad">{text('status.missed')}</Status>;
  }
  return undefined;
}
