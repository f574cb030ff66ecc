import { Button } from '@mantine/core';
import { IconCircleCheck, IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { batchErrors } from '../../../../../src/rooms/ingest/contract.ts';
import { url } from '../../../client.ts';
import { Panel } from '../../../design/Page.tsx';
import { useText } from '../../../i18n/text.ts';
import { Answer } from '../../../kit/states/Answer.tsx';
import { Empty } from '../../../kit/states/Empty.tsx';
import { Status } from '../../../kit/states/Status.tsx';
import type { Column } from '../../../kit/table/column.ts';
import { DataTable } from '../../../kit/table/DataTable.tsx';
import { useTableAddress } from '../../../shell/table-address.ts';
import { type Batch, errorsQuery, type RowError } from '../queries.ts';
import { useHintText, useRuleText } from '../rules.ts';

const tones = { error: 'bad', warning: 'risk', info: 'quiet' } as const;

/** Every finding with its cell and value, in the words of the reader's language. */
export function ErrorTable({ batch }: { batch: Batch }) {
  const text = useText();
  const rule = useRuleText();
  const hint = useHintText();
  const query = useQuery(errorsQuery(batch.batch_id, true));
  const [state, setState] = useTableAddress();
  const columns = useMemo((): Column<RowError>[] => {
    return [
      {
        id: 'row_number',
        header: text('error.row'),
        type: 'number',
        width: 90,
        value: (error) => error.row_number,
        text: (error) => error.row_number?.toString() ?? '',
      },
      { id: 'cell', header: text('error.cell'), type: 'text', width: 80, value: (error) => error.cell },
      { id: 'column_name', header: text('error.column'), type: 'text', width: 190, value: (error) => error.column_name },
      {
        id: 'severity',
        header: text('error.severity'),
        type: 'text',
        width: 150,
        value: (error) => text(`severity.${error.severity}`),
        renderCell: (error) => <Status tone={tones[error.severity]}>{text(`severity.${error.severity}`)}</Status>,
      },
      { id: 'value', header: text('error.value'), type: 'text', width: 190, value: (error) => error.value },
      { id: 'message', header: text('error.what'), type: 'text', width: 380, value: (error) => rule(error.rule, error.message) },
      { id: 'hint', header: text('error.hint'), type: 'text', width: 300, value: (error) => hint(error.rule, error.hint), optional: true },
      { id: 'rule', header: text('error.rule'), type: 'text', width: 200, value: (error) => error.rule, optional: true },
      { id: 'original', header: text('error.original'), type: 'text', width: 420, value: (error) => error.message, optional: true },
      {
        id: 'other_row',
        header: text('error.otherRow'),
        type: 'number',
        width: 110,
        value: (error) => error.other_row,
        text: (error) => error.other_row?.toString() ?? '',
      },
      { id: 'sheet', header: text('import.sheet'), type: 'text', width: 110, value: (error) => error.sheet, optional: true },
      { id: 'occurrences', header: text('error.occurrences'), type: 'number', width: 110, value: (error) => error.occurrences, optional: true },
    ];
  }, [text, rule, hint]);
  const { batch_id } = batch;
  return (
    <Panel
      title={text('error.title')}
      flush
      actions={
        query.data?.length
          ? (['csv', 'xlsx'] as const).map((format) => (
              <Button
                key={format}
                variant="default"
                component="a"
                href={url(batchErrors, { batch_id, format })}
                download
                leftSection={<IconDownload size={16} stroke={1.6} />}
              >
                {format.toUpperCase()}
              </Button>
            ))
          : undefined
      }
    >
      <Answer query={query} rows={4}>
        {(errors) =>
          errors.length === 0 ? (
            <Empty icon={<IconCircleCheck size={32} stroke={1.4} />} title={text('error.none')} />
          ) : (
            <DataTable
              name={`${batch.filename} ${text('error.title')}`}
              rows={errors}
              columns={columns}
              rowKey={(error) => error.error_id}
              state={{ frozen: '2', ...state }}
              onState={setState}
              maxRows={16}
            />
          )
        }
      </Answer>
    </Panel>
  );
}
