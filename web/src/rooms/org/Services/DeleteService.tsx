import { Button, Text, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { deleteService } from '../../../../../src/rooms/statistics/contract.ts';
import { call } from '../../../client.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { Problem } from '../../../kit/states/Problem.tsx';
import { tell } from '../../../kit/states/undo.tsx';
import { forgetMappings } from '../mapping.ts';
import type { Service } from '../queries.ts';
import style from './Services.module.css';

/** The one thing here that cannot be undone, so its code must be typed. */
export function DeleteService({ service, onDone }: { service: Service; onDone: () => void }) {
  const text = useText();
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const remove = useMutation({
    mutationFn: () => call(deleteService, { service_id: service.service_id, confirm: typed }),
    onSuccess: async ({ rows_deleted }) => {
      await forgetMappings();
      tell(text, text('delete.done', { code: service.service_code, rows: format.number(rows_deleted) }));
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    remove.mutate();
  };
  return (
    <form className={style.section} onSubmit={submit}>
      <Title order={2}>{text('delete.title')}</Title>
      <Text size="sm" c="dimmed">
        {text('delete.about')}
      </Text>
      <TextInput
        label={text('delete.confirm', { code: service.service_code })}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
      />
      {remove.error && <Problem error={remove.error} />}
      <Button type="submit" color="red" variant="outline" disabled={typed !== service.service_code} loading={remove.isPending}>
        {text('delete.do')}
      </Button>
    </form>
  );
}
