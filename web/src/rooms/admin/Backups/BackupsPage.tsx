import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { IconDatabaseExport } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { createBackup } from '../../../../../src/rooms/admin/contract.ts';
import { call } from '../../../client.ts';
import { Panel } from '../../../design/Page.tsx';
import { useText } from '../../../i18n/text.ts';
import { Answer } from '../../../kit/states/Answer.tsx';
import { CopyButton } from '../../../kit/states/CopyButton.tsx';
import { Empty } from '../../../kit/states/Empty.tsx';
import { Problem } from '../../../kit/states/Problem.tsx';
import { ProgressBar } from '../../../kit/states/ProgressBar.tsx';
import { Status } from '../../../kit/states/Status.tsx';
import { useAgo } from '../../../kit/time/ago.ts';
import style from '../Admin.module.css';
import { AdminPage } from '../AdminPage.tsx';
import { type Backup, backupsQuery, forgetAdmin, isUnderWay } from '../queries.ts';
import { useMay } from '../session.ts';
import { BackupTable } from './BackupTable.tsx';

/** Whether what there is can be brought back: the backups, their age, and which of them were shown to be good. */
export function BackupsPage() {
  const text = useText();
  const may = useMay();
  const query = useQuery(backupsQuery);
  const make = useMutation({ mutationFn: () => call(createBackup, {}), onSettled: () => forgetAdmin() });
  const busy = query.data?.find(isUnderWay);
  const makeButton = may(createBackup) && (
    <Button leftSection={<IconDatabaseExport size={16} />} loading={make.isPending} disabled={busy !== undefined} onClick={() => make.mutate()}>
      {text('backup.make')}
    </Button>
  );
  return (
    <AdminPage tab="backups" actions={makeButton}>
      {make.error && <Problem error={make.error} />}
      {busy && (
        <Panel>
          <Work backup={busy} />
        </Panel>
      )}
      <Answer query={query} rows={4}>
        {(backups) =>
          backups.length === 0 ? (
            <Panel>
              <Empty
                icon={<IconDatabaseExport size={32} stroke={1.4} />}
                title={text('backup.emptyTitle')}
                actions={makeButton}
                command="npx qh backup create"
              >
                {text('backup.emptyText')}
              </Empty>
            </Panel>
          ) : (
            <>
              <Verdict backups={backups} />
              <BackupTable backups={backups} isBusy={busy !== undefined} />
            </>
          )
        }
      </Answer>
      <Restore backup={query.data?.find(({ verified_at }) => verified_at !== null) ?? query.data?.find(({ state }) => state === 'complete')} />
    </AdminPage>
  );
}

function Work({ backup: { state, phase, progress_pct } }: { backup: Backup }) {
  const text = useText();
  const known = (['copying', 'checking', 'restoring', 'comparing'] as const).find((one) => one === phase);
  return (
    <Stack gap="xs">
      <ProgressBar
        label={known ? text(`backup.${known}`) : text(`backup.state.${state}`)}
        percent={progress_pct ?? 0}
        rate={null}
        secondsLeft={null}
      />
      <Text size="xs" c="dimmed">
        {text('backup.leave')}
      </Text>
    </Stack>
  );
}

/** Younger than two nights, as health has it. */
const isYoung = ({ created_at }: Backup): boolean => Date.now() - Date.parse(created_at) < 50 * 3_600_000;

/** The answer in one line: how much would be lost if the disk failed now. */
function Verdict({ backups }: { backups: Backup[] }) {
  const text = useText();
  const ago = useAgo();
  const verified = backups.find(({ verified_at }) => verified_at !== null);
  return (
    <Panel>
      <Status tone={verified === undefined ? 'bad' : isYoung(verified) ? 'good' : 'risk'}>
        {text(verified === undefined ? 'backup.state.complete' : 'backup.state.verified')}
      </Status>{' '}
      {verified === undefined ? text('backup.noneVerified') : text('backup.lastVerified', { time: ago(verified.created_at) })}
    </Panel>
  );
}

function Restore({ backup }: { backup: Backup | undefined }) {
  const text = useText();
  const command = `npx qh backup restore ${backup?.folder ?? 'latest'} --into /srv/quarterhour`;
  return (
    <Panel title={text('backup.restore')}>
      <Stack gap="sm">
        <Text size="sm">{text('backup.restoreText')}</Text>
        <Group gap="xs" wrap="nowrap">
          <Code block className={style.command}>
            {command}
          </Code>
          <CopyButton value={command} />
        </Group>
        <Text size="sm" c="dimmed">
          {text('backup.elsewhere')}
        </Text>
      </Stack>
    </Panel>
  );
}
