import { Button, Group, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useText } from '../../i18n/text.ts';
import { Problem } from './Problem.tsx';

interface SendFormProps {
  /** What sending starts: its error is told, and while it runs the button waits. */
  sends: { error: Error | null; isPending: boolean };
  onSend: () => void;
  /** Left out: save. */
  button?: string;
  /** Beside the main action of the page, not it. */
  minor?: boolean;
  disabled?: boolean;
  className?: string | undefined;
  children: ReactNode;
}

/** Fields one below the other, what went wrong, and the button that sends them. */
export function SendForm({ sends, onSend, button, minor = false, disabled = false, className, children }: SendFormProps) {
  const text = useText();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSend();
  };
  return (
    <form className={className} onSubmit={submit}>
      <Stack gap="sm">
        {children}
        {sends.error && <Problem error={sends.error} />}
        <Group>
          <Button type="submit" variant={minor ? 'default' : 'filled'} disabled={disabled} loading={sends.isPending}>
            {button ?? text('common.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
