import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useText } from '../../../i18n/text.ts';
import { Answer } from '../../../kit/states/Answer.tsx';
import type { Column } from '../../../kit/table/column.ts';
import { DataTable } from '../../../kit/table/DataTable.tsx';
import { useTableAddress } from '../../../shell/table-address.ts';
import { type Queue, queuesQuery } from '../../org/queries.ts';
import { everyKpi, kpis, numberOf, type ShownKpi } from '../kpis.ts';
import { type Interval, type Question, queueTotalsQuery } from '../queries.ts';

interface QueueTableProps {
  name: string;
  question: Question;
  onQueue: (queue: string) => void;
  onOpen: (kpi: string, queue: string) => void;
}

const usual = new Set<string>([...kpis.map(({ name }) => name), 'handled', 'abandoned']);

/** One row per queue over the whole window: where the dip comes from. */
export function QueueTable({ name, question, onQueue, onOpen }: QueueTableProps) {
  const text = useText();
  const query = useQuery(queueTotalsQuery(question));
  const queues = useQuery(queuesQuery(question.service)).data;
  const [state, setState] = useTableAddress();
  const columns = useMemo((): Column<Interval>[] => {
    const names = new Map(queues?.map((queue: Queue) => [queue.group_code, queue.group_name]));
    return [
      {
        id: 'queue',
        header: text('picker.queue'),
        type: 'text',
        width: 240,
        value: (row) => (row.queue === null ? text('source.notMapped') : (names.get(row.queue) ?? row.queue)),
        onOpen: (row) => row.queue !== null && onQueue(row.queue),
      },
      { id: 'code', header: text('queue.code'), type: 'text', width: 150, value: (row) => row.queue ?? '', optional: true },
      ...everyKpi.map((kpi: ShownKpi): Column<Interval> => ({
        id: kpi.name,
        header: text(kpi.label),
        unit: text(kpi.unit),
        type: 'number',
        kind: kpi.kind,
        width: 130,
        value: (row) => numberOf(row, kpi.name),
        optional: !usual.has(kpi.name),
        onOpen: (row) => row.queue !== null && onOpen(kpi.name, row.queue),
      })),
    ];
  }, [text, queues, onQueue, onOpen]);
  return (
    <Answer query={query} rows={8}>
      {(items) => (
        <DataTable
          name={name}
          rows={items}
          columns={columns}
          rowKey={(row) => row.group_key}
          state={{ sort: '-offered', ...state }}
          onState={setState}
          maxRows={17}
          empty={text('intervals.noQueues')}
        />
      )}
    </Answer>
  );
}
