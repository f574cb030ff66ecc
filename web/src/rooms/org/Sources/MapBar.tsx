import { ActionIcon, Button, Group, Select, Text, Tooltip } from '@mantine/core';
import { IconLink, IconUnlink } from '@tabler/icons-react';
import { useState } from 'react';
import { createQueue } from '../../../../../src/rooms/org/contract.ts';
import { call, problemOf } from '../../../client.ts';
import { useText } from '../../../i18n/text.ts';
import { DayInput } from '../../../kit/picker/DayInput.tsx';
import { tell } from '../../../kit/states/undo.tsx';
import type { Mapping } from '../mapping.ts';
import { forgetMappings } from '../mapping.ts';
import type { Queue, Source } from '../queries.ts';
import style from './Sources.module.css';

interface MapBarProps {
  service: string;
  selected: Source[];
  queues: Queue[];
  onMap: (mapping: Mapping) => void;
  onClear: () => void;
}

const create = '\u0000create';

/** Maps what is selected to a queue, which may be made by typing its name. */
export function MapBar({ service, selected, queues, onMap, onClear }: MapBarProps) {
  const text = useText();
  const [queue, setQueue] = useState<string | null>(null);
  const [search, setSearch] = useState('');
  const [from, setFrom] = useState<string | null>(null);
  const wanted = search.trim();
  const isNew = wanted !== '' && !queues.some(({ group_name, group_code }) => group_name === wanted || group_code === wanted);
  const choose = async (value: string | null) => {
    if (value !== create) return setQueue(value);
    try {
      const made = await call(createQueue, { service, group_code: wanted.slice(0, 100), group_name: wanted });
      await forgetMappings();
      setQueue(made.group_code);
    } catch (error) {
      tell(text, problemOf(error).detail);
    }
  };
  return (
    <div className={style.bar}>
      <Text size="sm" role="status">
        {text('source.selected', { count: selected.length })}
      </Text>
      <Group gap="sm" ml="auto">
        <Select
          aria-label={text('source.target')}
          placeholder={text('source.target')}
          data={[
            ...queues.map(({ group_code, group_name }) => ({ value: group_code, label: group_name })),
            ...(isNew ? [{ value: create, label: text('source.createQueue', { name: wanted }) }] : []),
          ]}
          filter={({ options, search: typed }) =>
            options.filter(
              (option) =>
                'value' in option && (option.value === create || option.label.toLocaleLowerCase().includes(typed.trim().toLocaleLowerCase())),
            )
          }
          value={queue}
          onChange={(value) => void choose(value)}
          searchValue={search}
          onSearchChange={setSearch}
          searchable
          nothingFoundMessage={text('picker.nothingFound')}
        />
        <DayInput
          name={text('source.validFrom')}
          placeholder={text('source.validFromAlways')}
          value={from}
          onChange={setFrom}
          width="clamp(150px, 14vw, 200px)"
        />
        <Button
          leftSection={<IconLink size={16} />}
          disabled={selected.length === 0 || queue === null}
          onClick={() => onMap({ queue, from: from ?? undefined })}
        >
          {text('source.map')}
        </Button>
        <Tooltip label={text('source.unmap')}>
          <ActionIcon
            variant="default"
            size="var(--qh-control)"
            disabled={!selected.some(({ is_mapped }) => is_mapped)}
            onClick={() => onMap({ queue: null, from: from ?? undefined })}
            aria-label={text('source.unmap')}
          >
            <IconUnlink size={16} />
          </ActionIcon>
        </Tooltip>
        {selected.length > 0 && (
          <Button variant="subtle" color="gray" onClick={onClear}>
            {text('source.clear')}
          </Button>
        )}
      </Group>
    </div>
  );
}
