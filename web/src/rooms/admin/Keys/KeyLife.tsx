import { Button, Group, NumberInput, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { revokeKey, rotateKey } from '../../../../../src/rooms/admin/contract.ts';
import { call } from '../../../client.ts';
import { AnchorLink } from '../../../design/links.tsx';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { ConfirmButton } from '../../../kit/states/ConfirmButton.tsx';
import { Problem } from '../../../kit/states/Problem.tsx';
import { SecretOnce } from '../../../kit/states/SecretOnce.tsx';
import { tell } from '../../../kit/states/undo.tsx';
import { useAgo } from '../../../kit/time/ago.ts';
import style from '../Admin.module.css';
import { forgetAdmin, type Key } from '../queries.ts';
import { useMay } from '../session.ts';
import { stateOf } from './KeysPage.tsx';

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** When a key was used, its successor, its end. */
export function KeyLife({ of: key }: { of: Key }) {
  const text = useText();
  const ago = useAgo();
  const state = stateOf(key);
  const isAlive = state === 'valid' || state === 'overlap';
  return (
    <>
      <section className={style.section}>
        <Title order={2}>{text('key.use')}</Title>
        <Text size="sm">
          {key.last_used_at === null ? text('key.never') : text('key.usedAgo', { time: ago(key.last_used_at) })}{' '}
          <AnchorLink to="/admin/audit" search={{ principal: key.key_id }} size="sm" underline="always">
            {text('key.did')}
          </AnchorLink>
        </Text>
        {key.revoked_at !== null && <Text size="sm">{text('key.revokedAgo', { time: ago(key.revoked_at) })}</Text>}
      </section>
      {isAlive && key.overlap_until === null && <Rotate of={key} />}
      {isAlive && <Revoke of={key} />}
    </>
  );
}

function Rotate({ of: key }: { of: Key }) {
  const text = useText();
  const format = useFormat();
  const may = useMay();
  const [hours, setHours] = useState(24);
  const rotate = useMutation({
    mutationFn: () => call(rotateKey, { key_id: key.key_id, overlap_hours: hours }),
  });
  if (!may(rotateKey)) return null;
  return (
    <section className={style.section}>
      <Title order={2}>{text('key.rotate')}</Title>
      {rotate.data ? (
        <SecretOnce
          label={text('key.secret')}
          value={rotate.data.key}
          about={text('key.rotated', { time: format.dateTime(Date.parse(rotate.data.overlap_until), here) })}
          onClose={() => void forgetAdmin()}
        />
      ) : (
        <>
          <Text size="sm" c="dimmed">
            {text('key.rotateText')}
          </Text>
          <Group align="end" gap="sm">
            <NumberInput
              size="xs"
              label={text('key.overlap.hours')}
              min={0}
              max={2160}
              value={hours}
              onChange={(value) => typeof value === 'number' && setHours(value)}
            />
            <Button variant="default" loading={rotate.isPending} onClick={() => rotate.mutate()}>
              {text('key.rotateDo')}
            </Button>
          </Group>
        </>
      )}
      {rotate.error && <Problem error={rotate.error} />}
    </section>
  );
}

function Revoke({ of: key }: { of: Key }) {
  const text = useText();
  const may = useMay();
  const revoke = useMutation({
    mutationFn: () => call(revokeKey, { key_id: key.key_id }),
    onSuccess: () => {
      tell(text, text('key.revokedToast', { name: key.name }));
      void forgetAdmin();
    },
  });
  if (!may(revokeKey)) return null;
  return (
    <section className={style.section}>
      <Title order={2}>{text('key.revoke')}</Title>
      <Text size="sm" c="dimmed">
        {text('key.revokeText')}
      </Text>
      {revoke.error && <Problem error={revoke.error} />}
      <Group>
        <ConfirmButton loading={revoke.isPending} onConfirm={() => revoke.mutate()}>
          {text('key.revokeDo')}
        </ConfirmButton>
      </Group>
    </section>
  );
}
