import { Button, Menu, Stack, Text } from '@mantine/core';
import { IconDownload, IconFileImport } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { template } from '../../../../../src/rooms/ingest/contract.ts';
import { url } from '../../../client.ts';
import { Page, Panel } from '../../../design/Page.tsx';
import { useText } from '../../../i18n/text.ts';
import { Answer } from '../../../kit/states/Answer.tsx';
import { Empty } from '../../../kit/states/Empty.tsx';
import { useKindAbout, useKindText } from '../kinds.ts';
import { batchesQuery, isUnderWay, kindsQuery } from '../queries.ts';
import { BatchSummary } from '../Batch/BatchSummary.tsx';
import { DropZone } from './DropZone.tsx';
import { History } from './History.tsx';
import { PendingFile } from './PendingFile.tsx';

/** Did my file go in, and what was wrong with it? */
export function ImportPage() {
  const text = useText();
  const [files, setFiles] = useState<File[]>([]);
  const [here, setHere] = useState<string[]>([]);
  const query = useQuery(batchesQuery);
  const current = query.data?.filter((batch) => isUnderWay(batch) || here.includes(batch.batch_id)) ?? [];
  const add = (more: File[]) =>
    setFiles((now) => [...now, ...more.filter((file) => !now.some(({ name, size }) => name === file.name && size === file.size))]);
  const drop = (file: File) => setFiles((now) => now.filter((one) => one !== file));
  return (
    <Page title={text('nav.import')} about={text('import.about')} actions={<Templates />}>
      <DropZone onFiles={add} isSmall={files.length > 0 || current.length > 0} />
      {files.map((file) => (
        <PendingFile
          key={`${file.name}/${file.size}/${file.lastModified}`}
          file={file}
          onCancel={() => drop(file)}
          onHandedIn={(batch_id) => {
            setHere((now) => [batch_id, ...now]);
            drop(file);
          }}
        />
      ))}
      {current.map((batch) => (
        <Panel key={batch.batch_id}>
          <BatchSummary batch={batch} />
        </Panel>
      ))}
      <Panel title={text('import.history')} flush>
        <Answer query={query} rows={5}>
          {(batches) =>
            batches.length > 0 ? (
              <History batches={batches} />
            ) : (
              <Empty icon={<IconFileImport size={32} stroke={1.4} />} title={text('import.emptyTitle')} command="npx qh import report.xlsx">
                {text('import.emptyText')}
              </Empty>
            )
          }
        </Answer>
      </Panel>
    </Page>
  );
}

function Templates() {
  const text = useText();
  const kinds = useQuery(kindsQuery).data ?? [];
  const title = useKindText();
  const about = useKindAbout();
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} stroke={1.6} />}>
          {text('import.template')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {kinds.map(({ name }) => (
          <Menu.Item key={name} component="a" href={url(template, { layout: name })} download>
            <Stack gap={0}>
              {title(name)}
              <Text size="xs" c="dimmed">
                {about(name)}
              </Text>
            </Stack>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
