import { Select } from '@mantine/core';
import { useText } from '../../i18n/text.ts';
import { grainLabels, grains } from './grain.ts';

interface GrainPickerProps {
  value: number | undefined;
  /** What `auto` is at the moment. */
  auto: number;
  onChange: (grain: number | undefined) => void;
}

export function GrainPicker({ value, auto, onChange }: GrainPickerProps) {
  const text = useText();
  const label = (minutes: number) => text(grainLabels[minutes] ?? 'grain.day');
  return (
    <Select
      aria-label={text('picker.grain')}
      data={[
        { value: 'auto', label: text('grain.auto', { grain: label(auto) }) },
        ...grains.map((minutes) => ({ value: String(minutes), label: label(minutes) })),
      ]}
      value={value === undefined ? 'auto' : String(value)}
      onChange={(next) => onChange(next === 'auto' || next === null ? undefined : Number(next))}
      allowDeselect={false}
      w="clamp(120px, 12vw, 180px)"
    />
  );
}
