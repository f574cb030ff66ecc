import { useQuery } from '@tanstack/react-query';
import { facts, intervals } from '../../../../src/rooms/statistics/contract.ts';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { everyKpi, numberOf } from '../../rooms/statistics/kpis.ts';
import { factsInput, intervalsInput, kpiQuery, type Question, totalQuery } from '../../rooms/statistics/queries.ts';
import { sqlOf } from '../sql.ts';
import { zoneAt } from '../time/zone.ts';
import { Drill } from './Drill.tsx';
import { FactTable } from './FactTable.tsx';

interface DrillDownProps {
  /** Name of the figure. */
  kpi: string;
  question: Question;
  onClose: () => void;
}

/** What a figure of services and queues is made of. */
export function DrillDown({ kpi, question, onClose }: DrillDownProps) {
  const text = useText();
  const format = useFormat();
  const definition = useQuery(kpiQuery(kpi));
  const total = useQuery(totalQuery(question));
  const shown = everyKpi.find(({ name }) => name === kpi);
  const { service, queue, span, zone } = question;
  return (
    <Drill
      kpi={kpi}
      label={shown ? text(shown.label) : kpi}
      about={[service, ...(queue ? [queue] : []), `${format.dateTime(span.from, zone)} – ${format.dateTime(span.to, zone)}`, zoneAt(span.from, zone)]}
      value={shown && total.data ? format.number(numberOf(total.data, shown.name), shown.kind) : ''}
      unit={shown ? text(shown.unit) : ''}
      rows={<FactTable question={question} parts={definition.data?.sql ?? kpi} />}
      sqlOfNumber={sqlOf(intervals, intervalsInput(question, 0), kpi)}
      sqlOfRows={sqlOf(facts, factsInput(question))}
      onClose={onClose}
    />
  );
}
