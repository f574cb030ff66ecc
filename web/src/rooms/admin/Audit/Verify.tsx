import { Button, Code, Group, Text } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { verifyAudit } from '../../../../../src/rooms/admin/contract.ts';
import { call } from '../../../client.ts';
import { Panel } from '../../../design/Page.tsx';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { Problem } from '../../../kit/states/Problem.tsx';
import { Status } from '../../../kit/states/Status.tsx';

/** Computes the whole chain anew and says whether every row is as it was written. */
export function Verify() {
  const text = useText();
  const format = useFormat();
  const verify = useMutation({ mutationFn: () => call(verifyAudit, {}) });
  const { data } = verify;
  return (
    <Panel>
      <Group gap="md">
        <Button variant="default" leftSection={<IconShieldCheck size={16} />} loading={verify.isPending} onClick={() => verify.mutate()}>
          {text('audit.verify')}
        </Button>
        <div role="status">
          {data === undefined ? (
            <Text size="sm" c="dimmed">
              {text('audit.verifyText')}
            </Text>
          ) : data.is_intact ? (
            <>
              <Status tone="good">{text('audit.intact')}</Status>{' '}
              {text('audit.intactText', { rows: format.number(data.rows), checkpoints: format.number(data.checkpoints) })}
            </>
          ) : (
            <>
              <Status tone="bad">{text('audit.broken')}</Status> {text('audit.brokenText', { seq: data.first_problem_seq ?? '–' })}{' '}
              <Code>{data.problem}</Code>
            </>
          )}
        </div>
      </Group>
      {verify.error && <Problem error={verify.error} />}
    </Panel>
  );
}
