import { Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { resetUser, unlockUser, updateUser } from '../../../../../src/rooms/admin/contract.ts';
import { call } from '../../../client.ts';
import { useText } from '../../../i18n/text.ts';
import { Problem } from '../../../kit/states/Problem.tsx';
import { offerUndo, tell } from '../../../kit/states/undo.tsx';
import { forgetAdmin, type User } from '../queries.ts';
import { LinkOnce } from './InviteForm.tsx';

/** A new link, the end of a lock, in or out. */
export function Access({ person, isMe }: { person: User; isMe: boolean }) {
  const text = useText();
  const { user_id, display_name: name } = person;
  const isDisabled = person.status === 'disabled';
  const let_in = async (is_disabled: boolean) => {
    await call(updateUser, { user_id, is_disabled });
    await forgetAdmin();
  };
  const reset = useMutation({ mutationFn: () => call(resetUser, { user_id }), onSuccess: () => void forgetAdmin() });
  const unlock = useMutation({
    mutationFn: () => call(unlockUser, { user_id }),
    onSuccess: () => {
      tell(text, text('person.unlocked', { name }));
      void forgetAdmin();
    },
  });
  const disable = useMutation({
    mutationFn: (is_disabled: boolean) => let_in(is_disabled),
    onSuccess: (_answer, is_disabled) =>
      offerUndo(text, text(is_disabled ? 'person.disabledToast' : 'person.enabledToast', { name }), () => let_in(!is_disabled)),
  });
  const error = reset.error ?? unlock.error ?? disable.error;
  if (reset.data) return <LinkOnce {...reset.data} onClose={() => reset.reset()} />;
  return (
    <>
      <Text size="sm" c="dimmed">
        {text('person.accessText')}
      </Text>
      <Group gap="sm">
        {!isDisabled && (
          <Button variant="default" loading={reset.isPending} onClick={() => reset.mutate()}>
            {text('person.newLink')}
          </Button>
        )}
        {person.status === 'locked' && (
          <Button variant="default" loading={unlock.isPending} onClick={() => unlock.mutate()}>
            {text('person.unlock')}
          </Button>
        )}
        {!isMe && (
          <Button
            variant={isDisabled ? 'default' : 'outline'}
            {...(isDisabled ? {} : { color: 'red' })}
            loading={disable.isPending}
            onClick={() => disable.mutate(!isDisabled)}
          >
            {text(isDisabled ? 'person.enable' : 'person.disable')}
          </Button>
        )}
      </Group>
      {error && <Problem error={error} />}
    </>
  );
}
