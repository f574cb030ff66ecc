import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconChartLine } from '@tabler/icons-react';
import { useMemo } from 'react';
import { ActionIconLink, AnchorLink } from '../../../design/links.tsx';
import { useText } from '../../../i18n/text.ts';
import { useTimeCells } from '../../../kit/table/cells.ts';
import type { Column } from '../../../kit/table/column.ts';
import { DataTable } from '../../../kit/table/DataTable.tsx';
import { useTableAddress } from '../../../shell/table-address.ts';
import { BatchStatus } from '../BatchStatus.tsx';
import { chartAddress } from '../chart-address.ts';
import { canUndo, useKindText } from '../kinds.ts';
import type { Batch } from '../queries.ts';
import { useUndo } from '../useUndo.ts';

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function History({ batches }: { batches: Batch[] }) {
  const text = useText();
  const undo = useUndo();
  const time = useTimeCells(here);
  const kind = useKindText();
  const [state, setState] = useTableAddress();
  const undoOne = undo.mutate;
  const columns = useMemo((): Column<Batch>[] => {
    const count = (
      id: 'rows_valid' | 'rows_rejected' | 'rows_inserted' | 'rows_updated' | 'rows_unchanged' | 'rows_ignored',
      optional = false,
    ): Column<Batch> => ({
      id,
      header: text(`count.${id}`),
      type: 'number',
      width: 115,
      value: (batch) => batch[id],
      optional,
    });
    return [
      {
        id: 'filename',
        header: text('batch.file'),
        type: 'text',
        width: 260,
        value: (batch) => batch.filename,
        renderCell: (batch) => (
          <AnchorLink to="/import/$batchId" params={{ batchId: batch.batch_id }} size="sm">
            {batch.filename}
          </AnchorLink>
        ),
      },
      {
        id: 'actions',
        header: text('batch.actions'),
        type: 'text',
        width: 95,
        value: () => '',
        renderCell: (batch) => <Actions batch={batch} onUndo={() => undoOne(batch)} />,
      },
      {
        id: 'status',
        header: text('batch.status'),
        type: 'text',
        width: 245,
        value: (batch) => text(`status.${batch.status}`),
        renderCell: (batch) => <BatchStatus batch={batch} />,
      },
      { id: 'service', header: text('picker.service'), type: 'text', width: 130, value: (batch) => batch.service ?? '' },
      time({ id: 'created_at', header: text('batch.at'), at: (batch: Batch) => batch.created_at }),
      { id: 'layout', header: text('import.layout'), type: 'text', width: 150, value: (batch) => kind(batch.layout), optional: true },
      count('rows_inserted'),
      count('rows_updated'),
      count('rows_unchanged', true),
      count('rows_rejected'),
      count('rows_valid', true),
      count('rows_ignored', true),
      {
        id: 'interval_type',
        header: text('import.interval'),
        type: 'text',
        width: 110,
        value: (batch) => (batch.interval_type ? text(`interval.${batch.interval_type as '15m' | '30m' | '1h'}`) : ''),
        optional: true,
      },
      { id: 'created_by', header: text('batch.by'), type: 'text', width: 120, value: (batch) => batch.created_by, optional: true },
    ];
  }, [text, time, kind, undoOne]);
  return (
    <DataTable
      name={text('import.history')}
      rows={batches}
      columns={columns}
      rowKey={(batch) => batch.batch_id}
      state={state}
      onState={setState}
      maxRows={12}
    />
  );
}

function Actions({ batch, onUndo }: { batch: Batch; onUndo: () => void }) {
  const text = useText();
  const chart = chartAddress(batch);
  return (
    <>
      {chart && (
        <Tooltip label={text('batch.chart')}>
          <ActionIconLink size="sm" to="/intervals" search={chart} aria-label={text('batch.chartOf', { file: batch.filename })}>
            <IconChartLine size={16} stroke={1.6} />
          </ActionIconLink>
        </Tooltip>
      )}
      {canUndo(batch) && (
        <Tooltip label={text('batch.undo')}>
          <ActionIcon size="sm" onClick={onUndo} aria-label={text('batch.undoOf', { file: batch.filename })}>
            <IconArrowBackUp size={16} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      )}
    </>
  );
}
