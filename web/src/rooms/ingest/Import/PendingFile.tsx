import { Button, Group, Stack } from '@mantine/core';
import { IconChecklist, IconFileImport, IconX } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Panel } from '../../../design/Page.tsx';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { Answer } from '../../../kit/states/Answer.tsx';
import { Problem } from '../../../kit/states/Problem.tsx';
import { handIn, type ImportOptions, previewQuery } from '../queries.ts';
import { Options } from './Options.tsx';
import { FirstRows } from './FirstRows.tsx';
import { Recognised } from './Recognised.tsx';

interface PendingFileProps {
  file: File;
  onCancel: () => void;
  onHandedIn: (batch_id: string) => void;
}

/** One file before it is imported: what was recognised, what is wrong, and how it is to be imported. */
export function PendingFile({ file, onCancel, onHandedIn }: PendingFileProps) {
  const text = useText();
  const format = useFormat();
  const [options, setOptions] = useState<ImportOptions>({});
  const { service, layout, interval_type, time_zone } = options;
  const preview = useQuery(previewQuery(file, { service, layout, interval_type, time_zone }));
  const confirm = useMutation({
    mutationFn: (dry_run: boolean) => handIn(file, { ...options, ...(dry_run ? { dry_run } : {}) }),
    onSuccess: onHandedIn,
  });
  const canImport = preview.data !== undefined && !preview.error && (preview.data.service !== null || Boolean(service));
  return (
    <Panel
      title={file.name}
      about={format.number(file.size, 'bytes')}
      actions={
        <>
          <Button variant="subtle" color="gray" leftSection={<IconX size={16} />} onClick={onCancel}>
            {text('import.remove')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconChecklist size={16} />}
            disabled={!canImport}
            loading={confirm.isPending && confirm.variables}
            onClick={() => confirm.mutate(true)}
            title={text('import.checkAllText')}
          >
            {text('import.checkAll')}
          </Button>
          <Button
            leftSection={<IconFileImport size={16} />}
            disabled={!canImport}
            loading={confirm.isPending && !confirm.variables}
            onClick={() => confirm.mutate(false)}
          >
            {text('import.confirm')}
          </Button>
        </>
      }
    >
      <Stack gap="md">
        {confirm.error && <Problem error={confirm.error} />}
        <Answer query={preview} rows={4}>
          {(found) => (
            <Stack gap="md">
              <Recognised preview={found} />
              <Options preview={found} value={options} onChange={(next) => setOptions({ ...options, ...next })} />
              <FirstRows preview={found} />
            </Stack>
          )}
        </Answer>
        {preview.error && (
          <Group>
            <Button variant="default" onClick={onCancel}>
              {text('import.remove')}
            </Button>
          </Group>
        )}
      </Stack>
    </Panel>
  );
}
