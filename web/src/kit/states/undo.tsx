import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Text } from '../../i18n/text.ts';

const shown = { id: '', undo: undefined as (() => Promise<unknown>) | undefined };

/** Says what was done and offers to take it back, instead of asking beforehand. Ctrl+Z takes back the last one. */
export function offerUndo(text: Text, what: string, undo: () => Promise<unknown>): void {
  const id = `undo-${what}-${performance.now()}`;
  const run = async () => {
    notifications.hide(id);
    if (shown.id === id) shown.undo = undefined;
    await undo();
  };
  shown.id = id;
  shown.undo = run;
  notifications.show({
    id,
    autoClose: 12_000,
    closeButtonProps: { 'aria-label': text('common.close') },
    message: (
      <Group justify="space-between" wrap="nowrap">
        <span>{what}</span>
        <Button variant="light" miw="max-content" onClick={() => void run()}>
          {text('common.undo')}
        </Button>
      </Group>
    ),
  });
}

export function undoLast(): void {
  void shown.undo?.();
}

export function tell(text: Text, message: string): void {
  notifications.show({ message, closeButtonProps: { 'aria-label': text('common.close') } });
}
