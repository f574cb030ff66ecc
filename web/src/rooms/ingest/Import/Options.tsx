import { Autocomplete, Checkbox, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useDebouncedCallback } from '@mantine/hooks';
import { useText } from '../../../i18n/text.ts';
import { ZonePicker } from '../../../kit/picker/ZonePicker.tsx';
import { servicesQuery } from '../../org/queries.ts';
import { useKindText } from '../kinds.ts';
import { type ImportOptions, kindsQuery, type Preview } from '../queries.ts';
import style from './Import.module.css';

interface OptionsProps {
  preview: Preview;
  value: ImportOptions;
  onChange: (change: ImportOptions) => void;
}

const modes = ['partial', 'all_or_nothing'] as const;
const lengths = ['15m', '30m', '1h'] as const;

/** What the file is taken for; another kind is tried when it is chosen. */
export function KindPicker({ preview, onChange }: Pick<OptionsProps, 'preview' | 'onChange'>) {
  const text = useText();
  const title = useKindText();
  const kinds = (useQuery(kindsQuery).data ?? []).filter((kind) => kind.may_import);
  return (
    <Select
      label={text('import.readAs')}
      description={text('import.layoutText')}
      data={kinds.map(({ name }) => ({ value: name, label: title(name) }))}
      value={preview.layout}
      onChange={(layout) => onChange({ layout: layout ?? undefined })}
      allowDeselect={false}
    />
  );
}

export function ModePicker({ value, onChange }: Pick<OptionsProps, 'value' | 'onChange'>) {
  const text = useText();
  return (
    <Select
      label={text('import.mode')}
      data={modes.map((mode) => ({ value: mode, label: text(`import.${mode}`) }))}
      value={value.mode ?? 'partial'}
      onChange={(mode) => onChange({ mode: modes.find((one) => one === mode) ?? 'partial' })}
      allowDeselect={false}
    />
  );
}

/** How the file is to be imported; what is left as it is stays recognised by the server. */
export function Options({ preview, value, onChange }: OptionsProps) {
  const text = useText();
  const services = useQuery(servicesQuery).data ?? [];
  const recognised = preview.service ?? '';
  const [code, setCode] = useState(recognised);
  // The file is looked at again for another service, but not for every letter of its code.
  const tell = useDebouncedCallback((typed: string) => onChange({ service: typed.trim() || undefined }), 400);
  const type = (typed: string) => {
    setCode(typed);
    tell(typed);
  };
  return (
    <div className={style.options}>
      <KindPicker preview={preview} onChange={onChange} />
      <Autocomplete
        size="xs"
        label={text('import.service')}
        description={
          preview.service === null ? text('import.serviceMissing') : preview.service_exists ? text('import.serviceExists') : text('import.serviceNew')
        }
        data={services.map(({ service_code }) => service_code)}
        value={code}
        onChange={type}
        error={preview.service === null && !code ? text('import.serviceRequired') : undefined}
      />
      {preview.time_zone !== null && (
        <ZonePicker
          label={text('picker.zone')}
          description={text('import.zoneText')}
          value={value.time_zone ?? preview.time_zone}
          onChange={(time_zone) => onChange({ time_zone })}
        />
      )}
      <Select
        label={text('import.interval')}
        description={text('import.intervalText')}
        data={lengths.map((one) => ({ value: one, label: text(`interval.${one}`) }))}
        value={value.interval_type ?? preview.interval_type}
        onChange={(interval_type) => onChange({ interval_type: lengths.find((one) => one === interval_type) })}
      />
      <Stack gap="sm">
        <ModePicker value={value} onChange={onChange} />
        <Checkbox
          label={text('import.replace')}
          description={text('import.replaceText')}
          checked={value.replace ?? false}
          onChange={(event) => onChange({ replace: event.currentTarget.checked })}
        />
      </Stack>
    </div>
  );
}
