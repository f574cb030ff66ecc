import { Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { problemOf } from '../../client.ts';
import { isMessageKey, useText } from '../../i18n/text.ts';
import style from './states.module.css';

/** What happened, to what, and what to do. */
export function Problem({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const text = useText();
  const problem = problemOf(error);
  const known = `problem.${problem.code}`;
  const advice = `problem.${problem.code}.advice`;
  return (
    <div className={style.problem} role="alert">
      <IconAlertTriangle size={20} stroke={1.6} aria-hidden className={style.problemIcon} />
      <Stack gap="xs">
        <Text fw={600}>{isMessageKey(known) ? text(known) : text('problem.unknown')}</Text>
        {problem.detail && (
          <Text size="sm" lang="en">
            {problem.detail}
          </Text>
        )}
        {problem.errors.map(({ path, rule }) => (
          <Text key={path} size="sm" ff="monospace" lang="en">
            {path}: {rule}
          </Text>
        ))}
        <Text size="sm" c="dimmed">
          {isMessageKey(advice) ? text(advice) : text('problem.unknown.advice')}
        </Text>
        {onRetry && (
          <Group>
            <Button variant="default" onClick={onRetry}>
              {text('common.retry')}
            </Button>
          </Group>
        )}
      </Stack>
    </div>
  );
}
