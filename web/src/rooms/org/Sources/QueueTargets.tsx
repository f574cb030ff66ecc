import { Button, Modal, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type DragEvent, useState } from 'react';
import { createQueue } from '../../../../../src/rooms/org/contract.ts';
import { call } from '../../../client.ts';
import { Panel } from '../../../design/Page.tsx';
import { useText } from '../../../i18n/text.ts';
import { SendForm } from '../../../kit/states/SendForm.tsx';
import { forgetMappings } from '../mapping.ts';
import type { Queue, Source } from '../queries.ts';
import { dragType } from './drag.ts';
import style from './Sources.module.css';

interface QueueTargetsProps {
  service: string;
  queues: Queue[];
  sources: Source[];
  onDrop: (ids: number[], queue: string) => void;
}

/** The queues as places to drop names on, with how many each has. */
export function QueueTargets({ service, queues, sources, onDrop }: QueueTargetsProps) {
  const text = useText();
  const [opened, { open, close }] = useDisclosure(false);
  const [over, setOver] = useState<string>();
  const accept = (event: DragEvent) => event.dataTransfer.types.includes(dragType) && event.preventDefault();
  const drop = (event: DragEvent, queue: string) => {
    setOver(undefined);
    const ids = event.dataTransfer.getData(dragType).split(',').filter(Boolean).map(Number);
    if (ids.length > 0) onDrop(ids, queue);
  };
  return (
    <Panel
      title={text('queue.title')}
      flush
      actions={
        <Button variant="default" leftSection={<IconPlus size={16} />} onClick={open}>
          {text('queue.create')}
        </Button>
      }
    >
      {queues.length === 0 && (
        <Text c="dimmed" p="md">
          {text('queue.none')}
        </Text>
      )}
      <ul className={style.queues}>
        {queues.map(({ group_code, group_name }) => (
          // Dragging is a shortcut; the bar maps by keyboard.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
          <li
            key={group_code}
            className={style.queue}
            data-over={over === group_code || undefined}
            onDragOver={(event) => {
              accept(event);
              setOver(group_code);
            }}
            onDragLeave={() => setOver(undefined)}
            onDrop={(event) => drop(event, group_code)}
          >
            <span>{group_name}</span>
            <Text span size="xs" c="dimmed">
              {text('queue.names', { count: sources.filter(({ queue }) => queue === group_code).length })}
            </Text>
          </li>
        ))}
      </ul>
      <Modal opened={opened} onClose={close} title={text('queue.create')} closeButtonProps={{ 'aria-label': text('common.close') }}>
        <QueueForm service={service} onDone={close} />
      </Modal>
    </Panel>
  );
}

function QueueForm({ service, onDone }: { service: string; onDone: () => void }) {
  const text = useText();
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const create = useMutation({
    mutationFn: () => call(createQueue, { service, group_code: code.trim(), ...(name.trim() ? { group_name: name.trim() } : {}) }),
    onSuccess: async () => {
      await forgetMappings();
      onDone();
    },
  });
  const submit = () => {
    create.mutate();
  };
  return (
    <SendForm sends={create} onSend={submit} button={text('queue.create')}>
      <TextInput label={text('queue.code')} value={code} onChange={(event) => setCode(event.currentTarget.value)} required data-autofocus />
      <TextInput label={text('queue.name')} value={name} onChange={(event) => setName(event.currentTarget.value)} />
    </SendForm>
  );
}
