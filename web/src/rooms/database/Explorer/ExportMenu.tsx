import { Button, Group, Menu, Text } from '@mantine/core';
import { IconDownload, IconFileExport } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { bulkExport, exportFile } from '../../../../../src/rooms/database/contract.ts';
import { call, url } from '../../../client.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { Problem } from '../../../kit/states/Problem.tsx';
import { ProgressBar } from '../../../kit/states/ProgressBar.tsx';
import { exportQuery, type Question } from '../queries.ts';

const formats = { csv: 'CSV', jsonl: 'JSON Lines', xlsx: 'Excel (XLSX)' } as const;
const formatNames = ['csv', 'jsonl', 'xlsx'] as const;

/** All rows of the question as a file: ordered here, written by a job, fetched when it is there. A file of another question is not offered. */
export function useExport(question: Question, columns: string[] | undefined) {
  const asked = { ...question, ...(columns === undefined ? {} : { columns }) };
  const order = useMutation({
    mutationFn: async (format: keyof typeof formats) => ({ ...(await call(bulkExport, { ...asked, format })), asked: JSON.stringify(asked) }),
  });
  return { order, exportId: order.data?.asked === JSON.stringify(asked) ? order.data.export_id : undefined };
}

export function ExportMenu({ order }: Pick<ReturnType<typeof useExport>, 'order'>) {
  const text = useText();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconFileExport size={16} />} loading={order.isPending}>
          {text('explorer.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{text('explorer.exportWhat')}</Menu.Label>
        {formatNames.map((format) => (
          <Menu.Item key={format} onClick={() => order.mutate(format)} lang="x-none">
            {formats[format]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

export function ExportProgress({ exportId }: { exportId: string }) {
  const text = useText();
  const format = useFormat();
  const { data, error } = useQuery(exportQuery(exportId));
  if (error) return <Problem error={error} />;
  if (data?.status === 'failed') return <Text role="alert">{text('explorer.exportFailed', { detail: data.detail ?? '' })}</Text>;
  if (data?.status !== 'completed')
    return <ProgressBar label={text('explorer.exporting')} percent={data?.progress_pct ?? 0} rate={null} secondsLeft={null} />;
  return (
    <Group gap="sm" role="status">
      <Text size="sm">{text('explorer.exported', { count: data.rows_written, size: format.number(Math.ceil((data.file_bytes ?? 0) / 1024)) })}</Text>
      <Button
        component="a"
        size="xs"
        href={url(exportFile, { export_id: exportId })}
        download={data.filename}
        leftSection={<IconDownload size={14} />}
      >
        {text('explorer.download')}
      </Button>
    </Group>
  );
}
