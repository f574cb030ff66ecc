import { Button, NumberInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { setRetention } from '../../../../../src/rooms/admin/contract.ts';
import { call } from '../../../client.ts';
import { useText } from '../../../i18n/text.ts';
import { Problem } from '../../../kit/states/Problem.tsx';
import { offerUndo } from '../../../kit/states/undo.tsx';
import { forgetAdmin, type Retention } from '../queries.ts';
import { useMay } from '../session.ts';

const names = ['former_employees', 'sign_in_failures', 'idempotency_keys', 'invitations'] as const satisfies readonly (keyof Retention)[];

/** Days for which something personal is kept; empty keeps it for good. A job does it every night. */
export function RetentionForm({ rules }: { rules: Retention }) {
  const text = useText();
  const may = useMay();
  const [days, setDays] = useState(rules);
  const write = async (values: Retention) => {
    await call(setRetention, values);
    await forgetAdmin();
  };
  const save = useMutation({
    mutationFn: (_former: Retention) => write(days),
    onSuccess: (_answer, former) => offerUndo(text, text('retention.saved'), () => write(former)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(rules);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {text('retention.text')}
        </Text>
        {names.map((name) => (
          <NumberInput
            key={name}
            size="xs"
            label={text(`retention.${name}`)}
            placeholder={text('retention.forGood')}
            suffix={` ${text('retention.days')}`}
            min={1}
            max={36_500}
            allowDecimal={false}
            value={days[name] ?? ''}
            onChange={(value) => setDays({ ...days, [name]: typeof value === 'number' ? value : null })}
            disabled={!may(setRetention)}
          />
        ))}
        {save.error && <Problem error={save.error} />}
        {may(setRetention) && (
          <Button type="submit" loading={save.isPending}>
            {text('common.save')}
          </Button>
        )}
      </Stack>
    </form>
  );
}
