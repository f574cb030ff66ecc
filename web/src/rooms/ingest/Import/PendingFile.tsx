import { Button, Group, Stack } from '@mantine/core';
import { IconChecklist, IconFileImport, IconX } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Panel } from '../../../design/Page.tsx';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { Answer } from '../../../kit/states/Answer.tsx';
import { Problem } from '../../../kit/states/Problem.tsx';
import { useBelongsToService } from '../kinds.ts';
import { handIn, type ImportOptions, previewQuery } from '../queries.ts';
import { KindPicker, ModePicker, Options } from './Options.tsx';
import { FirstRows } from './FirstRows.tsx';
import { Recognised } from './Recognised.tsx';
import style from './Import.module.css';

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
  const set = (next: ImportOptions) => setOptions({ ...options, ...next });
  const preview = useQuery(previewQuery(file, { service, layout, interval_type, time_zone }));
  const confirm = useMutation({
    mutationFn: (dry_run: boolean) => handIn(file, { ...options, ...(dry_run ? { dry_run } : {}) }),
    onSuccess: onHandedIn,
  });
  const belongsToService = useBelongsToService(preview.data?.layout);
  const canImport = preview.data !== undefined && !preview.error && (!belongsToService || preview.data.service !== null || Boolean(service));
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
              {belongsToService ? (
                <Options preview={found} value={options} onChange={set} />
              ) : (
                <div className={style.options}>
                  <KindPicker preview={found} onChange={set} />
                  <ModePicker value={options} onChange={set} />
                </div>
              )}
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
