import { Button, Group, Popover, Stack } from '@mantine/core';
import { IconCalendar, IconChevronDown } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { Loading } from '../states/Loading.tsx';
import { type DayRange, type Preset, presets } from './range.ts';

// A calendar weighs as much as the rest of the page.
const Calendar = lazy(() => import('./Calendar.tsx').then((part) => ({ default: part.Calendar })));

interface RangePickerProps {
  value: DayRange;
  preset: Preset | undefined;
  /** The days that have data: where the calendar opens. */
  data: DayRange;
  onPreset: (preset: Preset) => void;
  onRange: (range: DayRange) => void;
}

export function RangePicker({ value, preset, data, onPreset, onRange }: RangePickerProps) {
  const text = useText();
  const format = useFormat();
  const [opened, setOpened] = useState(false);
  const [draft, setDraft] = useState<[string | null, string | null]>([null, null]);
  const open = (next: boolean) => {
    setDraft([value.from, value.to]);
    setOpened(next);
  };
  const pick = (next: [string | null, string | null]) => {
    setDraft(next);
    if (!next[0] || !next[1]) return;
    onRange({ from: next[0], to: next[1] });
    setOpened(false);
  };
  const days = value.from === value.to ? format.day(value.from) : `${format.day(value.from)} – ${format.day(value.to)}`;
  return (
    <Popover opened={opened} onChange={open} position="bottom-start" shadow="md" trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconCalendar size={16} stroke={1.6} />}
          rightSection={<IconChevronDown size={14} />}
          onClick={() => open(!opened)}
          aria-label={`${text('picker.range')}: ${days}`}
        >
          {days}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Group align="flex-start" gap="md">
          <Stack gap="xs">
            {presets.map((one) => (
              <Button
                key={one}
                variant={one === preset ? 'light' : 'subtle'}
                color={one === preset ? 'accent' : 'gray'}
                justify="flex-start"
                onClick={() => {
                  onPreset(one);
                  setOpened(false);
                }}
              >
                {text(`range.${one}`)}
              </Button>
            ))}
          </Stack>
          <Suspense fallback={<Loading rows={6} />}>
            <Calendar value={draft} from={value.from} to={data.to} onChange={pick} />
          </Suspense>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}
