import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useMemo } from 'react';
import { verifyBackup } from '../../../../../src/rooms/admin/contract.ts';
import { call } from '../../../client.ts';
import { Panel } from '../../../design/Page.tsx';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { Problem } from '../../../kit/states/Problem.tsx';
import { Status, type Tone } from '../../../kit/states/Status.tsx';
import { useTimeCells } from '../../../kit/table/cells.ts';
import type { Column } from '../../../kit/table/column.ts';
import { DataTable } from '../../../kit/table/DataTable.tsx';
import { useAgo } from '../../../kit/time/ago.ts';
import { useTableAddress } from '../../../shell/table-address.ts';
import { type Backup, forgetAdmin } from '../queries.ts';
import { useMay } from '../session.ts';

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
const tones: Record<Backup['state'], Tone> = {
  waiting: 'quiet',
  making: 'busy',
  verifying: 'busy',
  complete: 'risk',
  damaged: 'bad',
  failed: 'bad',
};

/** A complete backup is good only once it was restored and compared. */
function wordOf({ state, verified_at }: Backup): 'verified' | Backup['state'] {
  return state === 'complete' && verified_at !== null ? 'verified' : state;
}

export function BackupTable({ backups, isBusy }: { backups: Backup[]; isBusy: boolean }) {
  const text = useText();
  const [state, setState] = useTableAddress();
  const verify = useMutation({
    mutationFn: (backup: string) => call(verifyBackup, { backup }),
    onSettled: () => forgetAdmin(),
  });
  const columns = useColumns(isBusy || verify.isPending, verify.mutate);
  const failed = backups.find(({ problem }) => problem !== null);
  return (
    <>
      {verify.error && <Problem error={verify.error} />}
      {failed?.problem && (
        <Panel>
          <Status tone="bad">{text('backup.state.failed')}</Status> {failed.backup}: <span lang="en">{failed.problem}</span>
        </Panel>
      )}
      <Panel flush>
        <DataTable
          name={text('admin.backups')}
          rows={backups}
          columns={columns}
          rowKey={(row) => row.backup}
          state={state}
          onState={setState}
          maxRows={14}
        />
      </Panel>
    </>
  );
}

function useColumns(isBusy: boolean, verify: (backup: string) => void): Column<Backup>[] {
  const text = useText();
  const format = useFormat();
  const ago = useAgo();
  const time = useTimeCells(here);
  const may = useMay();
  return useMemo(
    () => [
      { id: 'backup', header: text('backup.name'), type: 'text', width: 230, value: (backup) => backup.backup },
      {
        id: 'state',
        header: text('person.status'),
        type: 'text',
        width: 190,
        value: (backup) => text(`backup.state.${wordOf(backup)}`),
        renderCell: (backup) => (
          <Status tone={wordOf(backup) === 'verified' ? 'good' : tones[backup.state]}>{text(`backup.state.${wordOf(backup)}`)}</Status>
        ),
      },
      { id: 'age', header: text('backup.age'), type: 'text', width: 150, value: (backup) => ago(backup.created_at) },
      time({ id: 'created_at', header: text('backup.holds'), at: (backup: Backup) => backup.created_at }),
      {
        id: 'bytes',
        header: text('batch.size'),
        type: 'number',
        width: 110,
        value: (backup) => backup.bytes,
        text: (backup) => format.number(backup.bytes, 'bytes'),
      },
      { id: 'rows', header: text('drill.rows'), type: 'number', width: 120, value: (backup) => backup.rows },
      time({ id: 'verified_at', header: text('backup.verifiedAt'), at: (backup: Backup) => backup.verified_at }),
      {
        id: 'encrypted',
        header: text('backup.encrypted'),
        type: 'text',
        width: 120,
        value: (backup) => (backup.is_encrypted ? text('common.yes') : ''),
        optional: true,
      },
      {
        id: 'actions',
        header: text('batch.actions'),
        type: 'text',
        width: 140,
        value: () => '',
        renderCell: (backup) =>
          may(verifyBackup) &&
          (backup.bytes !== null || backup.is_encrypted) && (
            <Button
              size="compact-xs"
              variant="default"
              disabled={isBusy}
              onClick={() => verify(backup.backup)}
              aria-label={text('backup.verifyOf', { backup: backup.backup })}
            >
              {text('backup.verify')}
            </Button>
          ),
      },
    ],
    [text, format, ago, time, may, isBusy, verify],
  );
}
