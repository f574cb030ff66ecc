import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { AnchorLink } from '../../design/links.tsx';
import { isMessageKey, useText } from '../../i18n/text.ts';
import { type Fact, factsLimit, factsQuery, type Question } from '../../rooms/statistics/queries.ts';
import { Status } from '../states/Status.tsx';
import { useTimeCells } from '../table/cells.ts';
import type { Column } from '../table/column.ts';
import { DrillRows } from './DrillRows.tsx';

const sums = [
  'offered',
  'unique_offered',
  'handled',
  'answered_in_threshold',
  'abandoned',
  'abandoned_in_5s',
  'abandoned_in_threshold',
  'failed',
  'talk_seconds',
  'outbound_talk_seconds',
  'hold_seconds',
  'wrap_seconds',
  'wait_handled_seconds',
  'wait_abandoned_seconds',
  'ready_seconds',
  'max_wait_handled_seconds',
  'max_wait_abandoned_seconds',
] as const satisfies readonly (keyof Fact)[];

/** The stored rows behind a number. The sums that its formula reads are shown, the others can be chosen. */
export function FactTable({ question, parts }: { question: Question; parts: string }) {
  const text = useText();
  const query = useQuery(factsQuery(question));
  const time = useTimeCells(question.zone);
  const columns = useMemo((): Column<Fact>[] => {
    const read = new Set(parts.match(/\w+/g));
    return [
      time({ id: 'interval_start_time', header: text('fact.start'), at: (row: Fact) => row.interval_start_time }),
      {
        id: 'interval_minutes',
        header: text('fact.length'),
        unit: text('unit.minutes'),
        type: 'number',
        width: 90,
        value: (row) => row.interval_minutes,
        optional: true,
      },
      { id: 'kind', header: text('fact.kind'), type: 'text', width: 110, value: (row) => text(`kind.${row.kind}`) },
      { id: 'external_name', header: text('fact.source'), type: 'text', width: 190, value: (row) => row.external_name || text('source.total') },
      {
        id: 'counts',
        header: text('fact.counts'),
        type: 'text',
        width: 130,
        value: (row) => text(row.counts ? 'fact.counted' : 'fact.notCounted'),
        renderCell: (row) => <Status tone={row.counts ? 'good' : 'undone'}>{text(row.counts ? 'fact.counted' : 'fact.notCounted')}</Status>,
      },
      ...sums.map((name): Column<Fact> => {
        const label = `kpi.${name}` as const;
        const isTime = name.endsWith('_seconds');
        return {
          id: name,
          header: isMessageKey(label) ? text(label) : name,
          unit: text(isTime ? 'unit.seconds' : 'unit.calls'),
          type: 'number',
          width: 130,
          value: (row) => row[name],
          optional: !read.has(name),
        };
      }),
      {
        id: 'batch',
        header: text('fact.batch'),
        type: 'text',
        width: 110,
        value: (row) => row.batch_id?.slice(0, 8) ?? '',
        renderCell: (row) =>
          row.batch_id && (
            <AnchorLink to="/import/$batchId" params={{ batchId: row.batch_id }} size="sm">
              {row.batch_id.slice(0, 8)}
            </AnchorLink>
          ),
      },
    ];
  }, [text, parts, time]);
  return <DrillRows query={query} columns={columns} rowKey={(row) => `${row.interval_start_time}/${row.source_id}`} limit={factsLimit} />;
}
