import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useText } from '../../i18n/text.ts';
import { queuesQuery } from '../../rooms/org/queries.ts';

interface QueuePickerProps {
  service: string;
  value: string | undefined;
  onChange: (queue: string | undefined) => void;
}

export function QueuePicker({ service, value, onChange }: QueuePickerProps) {
  const text = useText();
  const queues = useQuery(queuesQuery(service)).data?.filter(({ service_code }) => service_code === service) ?? [];
  if (queues.length === 0 && !value) return null;
  return (
    <Select
      aria-label={text('picker.queue')}
      data={[
        { value: '', label: text('picker.allQueues') },
        ...queues.map(({ group_code, group_name }) => ({ value: group_code, label: group_name })),
      ]}
      value={value ?? ''}
      onChange={(code) => onChange(code || undefined)}
      searchable
      allowDeselect={false}
      nothingFoundMessage={text('picker.nothingFound')}
      w="clamp(140px, 14vw, 220px)"
    />
  );
}
