import { Button, Code, Group, Stack, Text, Title } from '@mantine/core';
import { type ErrorComponentProps } from '@tanstack/react-router';
import { ButtonLink } from '../design/links.tsx';
import { Page } from '../design/Page.tsx';
import { useText } from '../i18n/text.ts';

export function NotFoundPage() {
  const text = useText();
  return (
    <Page title={text('notFound.title')}>
      <Stack align="flex-start" gap="md">
        <Text>{text('notFound.what', { path: window.location.pathname })}</Text>
        <ButtonLink to="/">{text('common.home')}</ButtonLink>
      </Stack>
    </Page>
  );
}

/** What the page shows when its own code failed; what the server answers is shown by kit/states. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const text = useText();
  return (
    <Page title={text('broken.title')}>
      <Stack align="flex-start" gap="md">
        <Title order={2}>{text('broken.what')}</Title>
        <Code block>{error instanceof Error ? error.message : String(error)}</Code>
        <Group>
          <Button onClick={reset}>{text('common.retry')}</Button>
          <Button variant="default" onClick={() => window.location.assign('/')}>
            {text('common.home')}
          </Button>
        </Group>
      </Stack>
    </Page>
  );
}
