import { Autocomplete, Checkbox, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useDebouncedValue } from '@mantine/hooks';
import { useText } from '../../../i18n/text.ts';
import { ZonePicker } from '../../../kit/picker/ZonePicker.tsx';
import { servicesQuery } from '../../org/queries.ts';
import type { ImportOptions, Preview } from '../queries.ts';
import style from './Import.module.css';

interface OptionsProps {
  preview: Preview;
  value: ImportOptions;
  onChange: (change: ImportOptions) => void;
}

export function Options({ preview, value, onChange }: OptionsProps) {
  const text = useText();
  const services = useQuery(servicesQuery).data ?? [];
  const [code, setCode] = useState(preview.service ?? '');
  const [typed] = useDebouncedValue(code, 400);
  const other = typed.trim() === (preview.service ?? '') && value.service === undefined ? undefined : typed.trim() || undefined;
  useEffect(() => {
    if (other !== value.service) onChange({ service: other });
  }, [other]);
  return (
    <div className={style.options}>
      <Autocomplete
        size="xs"
        label={text('import.service')}
        description={
          preview.service === null ? text('import.serviceMissing') : preview.service_exists ? text('import.serviceExists') : text('import.serviceNew')
        }
        data={services.map(({ service_code }) => service_code)}
        value={code}
        onChange={setCode}
        error={preview.service === null && !code ? text('import.serviceRequired') : undefined}
      />
      <ZonePicker
        label={text('picker.zone')}
        description={text('import.zoneText')}
        value={value.time_zone ?? preview.time_zone}
        onChange={(time_zone) => onChange({ time_zone })}
      />
      <Select
        label={text('import.interval')}
        description={text('import.intervalText')}
        data={['15m', '30m', '1h'].map((one) => ({ value: one, label: text(`interval.${one as '15m' | '30m' | '1h'}`) }))}
        value={value.interval_type ?? preview.interval_type}
        onChange={(interval_type) => onChange({ interval_type: interval_type as ImportOptions['interval_type'] })}
      />
      <Stack gap="xs">
        <Text size="xs" fw={500}>
          {text('import.mode')}
        </Text>
        <SegmentedControl
          size="xs"
          aria-label={text('import.mode')}
          data={[
            { value: 'partial', label: text('import.partial') },
            { value: 'all_or_nothing', label: text('import.allOrNothing') },
          ]}
          value={value.mode ?? 'partial'}
          onChange={(mode) => onChange({ mode: mode as 'partial' | 'all_or_nothing' })}
        />
        <Checkbox
          size="xs"
          label={text('import.replace')}
          description={text('import.replaceText')}
          checked={value.replace ?? false}
          onChange={(event) => onChange({ replace: event.currentTarget.checked })}
        />
      </Stack>
    </div>
  );
}
