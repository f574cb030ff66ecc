import { Code, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyButton } from './CopyButton.tsx';
import style from './states.module.css';

interface EmptyProps {
  icon?: ReactNode;
  /** What this place shows once it is filled. */
  title: string;
  children?: ReactNode;
  /** The buttons that fill it. */
  actions?: ReactNode;
  /** The command that does the same. */
  command?: string;
}

export function Empty({ icon, title, children, actions, command }: EmptyProps) {
  return (
    <Stack className={style.empty} gap="sm" align="center">
      {icon && (
        <div className={style.emptyIcon} aria-hidden>
          {icon}
        </div>
      )}
      <Text fw={600}>{title}</Text>
      {children && (
        <Text c="dimmed" className={style.measure}>
          {children}
        </Text>
      )}
      {actions && <Group justify="center">{actions}</Group>}
      {command && (
        <Group gap="xs" wrap="nowrap">
          <Code>{command}</Code>
          <CopyButton value={command} />
        </Group>
      )}
    </Stack>
  );
}
