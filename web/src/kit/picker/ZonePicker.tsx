import { Select } from '@mantine/core';
import { IconWorld } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useText } from '../../i18n/text.ts';
import { zoneName } from '../time/zone.ts';

interface ZonePickerProps {
  value: string;
  onChange: (zone: string) => void;
  label?: string;
  description?: string;
}

/** Every IANA zone; the list is long, so it opens on what is typed. */
export function ZonePicker({ value, onChange, label, description }: ZonePickerProps) {
  const text = useText();
  const zones = useMemo(() => {
    const names = new Set([value, 'UTC', ...Intl.supportedValuesOf('timeZone')]);
    return [...names].filter(Boolean).map((name) => ({ value: name, label: zoneName(name) }));
  }, [value]);
  return (
    <Select
      {...(label ? { label, description } : { 'aria-label': text('picker.zone') })}
      data={zones}
      value={value}
      onChange={(zone) => zone && onChange(zone)}
      searchable
      limit={60}
      allowDeselect={false}
      leftSection={<IconWorld size={16} stroke={1.6} />}
      nothingFoundMessage={text('picker.nothingFound')}
      w={label ? undefined : 'clamp(150px, 15vw, 220px)'}
    />
  );
}
