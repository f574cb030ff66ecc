import { Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { settleQuarantine } from '../../../../../src/rooms/quality/contract.ts';
import { call, queryClient } from '../../../client.ts';
import { useText } from '../../../i18n/text.ts';
import { Problem } from '../../../kit/states/Problem.tsx';
import { SidePanel } from '../../../kit/states/SidePanel.tsx';
import { tell } from '../../../kit/states/undo.tsx';
import { useMay } from '../../admin/session.ts';
import type { QuarantinedRow } from '../queries.ts';

/** A rejected row: what was wrong with it, where it came from, and what became of it. */
export function SettleRow({ row, onClose }: { row: QuarantinedRow; onClose: () => void }) {
  const text = useText();
  const may = useMay();
  const [note, setNote] = useState('');
  const settle = useMutation({
    mutationFn: (outcome: 'repaired' | 'accepted') => call(settleQuarantine, { error_id: row.error_id, outcome, ...(note === '' ? {} : { note }) }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['quality'] });
      tell(text, text('quality.settled'));
      onClose();
    },
  });
  return (
    <SidePanel onClose={onClose} title={text('quality.settleTitle', { file: row.filename, row: row.row_number ?? '?' })}>
      <Stack gap="md">
        <div lang="en">
          <Text size="sm">{row.message}</Text>
          {row.hint !== null && (
            <Text size="sm" c="dimmed">
              {row.hint}
            </Text>
          )}
        </div>
        <Anchor component={Link} to="/import/$batchId" params={{ batchId: row.batch_id } as never}>
          {text('quality.openImport')}
        </Anchor>
        {may(settleQuarantine) && (
          <>
            <TextInput label={text('quality.note')} value={note} maxLength={500} onChange={(event) => setNote(event.currentTarget.value)} />
            {settle.error && <Problem error={settle.error} />}
            <Group>
              <Button loading={settle.isPending} onClick={() => settle.mutate('repaired')}>
                {text('quality.repaired')}
              </Button>
              <Button variant="default" disabled={settle.isPending} onClick={() => settle.mutate('accepted')}>
                {text('quality.accepted')}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </SidePanel>
  );
}
