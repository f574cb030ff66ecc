import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useText } from '../../i18n/text.ts';
import { CopyButton } from './CopyButton.tsx';
import style from './states.module.css';

/** A secret that nobody can be shown again: said so, copied by one click, gone when it is closed. */
export function SecretOnce({ label, value, about, onClose }: { label: string; value: string; about: string; onClose: () => void }) {
  const text = useText();
  return (
    <div className={style.secret} role="status">
      <IconAlertTriangle size={20} stroke={1.6} aria-hidden className={style.secretIcon} />
      <Stack gap="sm" flex={1} miw={0}>
        <Text fw={600}>{text('secret.once')}</Text>
        <TextInput
          label={label}
          value={value}
          readOnly
          onFocus={(event) => event.currentTarget.select()}
          styles={{ input: { fontFamily: 'var(--qh-mono)' } }}
          rightSection={<CopyButton value={value} />}
        />
        <Text size="sm">{about}</Text>
        <Group>
          <Button variant="default" onClick={onClose}>
            {text('secret.kept')}
          </Button>
        </Group>
      </Stack>
    </div>
  );
}
