import { NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { createService, serviceLevelVariants, updateService } from '../../../../../src/rooms/org/contract.ts';
import { call } from '../../../client.ts';
import { useText } from '../../../i18n/text.ts';
import { ZonePicker } from '../../../kit/picker/ZonePicker.tsx';
import { SendForm } from '../../../kit/states/SendForm.tsx';
import { offerUndo, tell } from '../../../kit/states/undo.tsx';
import { forgetMappings } from '../mapping.ts';
import type { Service } from '../queries.ts';
import { Precedence } from './Precedence.tsx';

type Settings = Pick<
  Service,
  | 'service_code'
  | 'service_name'
  | 'time_zone'
  | 'service_level_threshold_seconds'
  | 'service_level_variant'
  | 'kind_precedence'
  | 'target_service_level_pct'
  | 'target_abandonment_pct'
  | 'max_wait_seconds'
> & { description: string };

const settingsOf = (service: Service | undefined): Settings => ({
  service_code: service?.service_code ?? '',
  service_name: service?.service_name ?? '',
  description: service?.description ?? '',
  time_zone: service?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  service_level_threshold_seconds: service?.service_level_threshold_seconds ?? 20,
  service_level_variant: service?.service_level_variant ?? 'offered',
  kind_precedence: service?.kind_precedence ?? ['report', 'live', 'api', 'load'],
  target_service_level_pct: service?.target_service_level_pct ?? 80,
  target_abandonment_pct: service?.target_abandonment_pct ?? 5,
  max_wait_seconds: service?.max_wait_seconds ?? 300,
});

export function ServiceForm({ service, onDone }: { service: Service | undefined; onDone: () => void }) {
  const text = useText();
  const [settings, setSettings] = useState(() => settingsOf(service));
  const set = (change: Partial<Settings>) => setSettings((now) => ({ ...now, ...change }));
  const write = async (values: Settings) => {
    const named = { ...values, service_name: values.service_name || values.service_code };
    await (service ? call(updateService, { service_id: service.service_id, ...named }) : call(createService, named));
    await forgetMappings();
  };
  const save = useMutation({
    // What stood before is passed along: when the answer comes, the list may have been read anew and `service` be the changed one.
    mutationFn: (_before: Service | undefined) => write(settings),
    onSuccess: (_answer, before) => {
      if (before) offerUndo(text, text('service.saved', { name: settings.service_name }), () => write(settingsOf(before)));
      else tell(text, text('service.saved', { name: settings.service_name || settings.service_code }));
      onDone();
    },
  });
  const submit = () => {
    save.mutate(service);
  };
  const number = (
    name: 'service_level_threshold_seconds' | 'target_service_level_pct' | 'target_abandonment_pct' | 'max_wait_seconds',
    unit: 'unit.seconds' | 'unit.pct',
  ) => (
    <NumberInput
      size="xs"
      label={`${text(`service.field.${name}`)}, ${text(unit)}`}
      min={0}
      max={unit === 'unit.pct' ? 100 : 3600}
      value={settings[name]}
      onChange={(value) => typeof value === 'number' && set({ [name]: value })}
    />
  );
  return (
    <SendForm sends={save} onSend={submit}>
      <TextInput label={text('service.name')} value={settings.service_name} onChange={(event) => set({ service_name: event.currentTarget.value })} />
      <TextInput
        label={text('service.code')}
        description={text('service.codeText')}
        required
        value={settings.service_code}
        onChange={(event) => set({ service_code: event.currentTarget.value })}
      />
      <Textarea
        size="xs"
        label={text('service.description')}
        rows={2}
        value={settings.description}
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
      <ZonePicker
        label={text('picker.zone')}
        description={text('service.zoneText')}
        value={settings.time_zone}
        onChange={(time_zone) => set({ time_zone })}
      />
      <Select
        label={text('service.variant')}
        description={text('service.variantText')}
        data={serviceLevelVariants.map((variant) => ({ value: variant, label: text(`variant.${variant}`) }))}
        value={settings.service_level_variant}
        onChange={(variant) => variant && set({ service_level_variant: variant })}
        allowDeselect={false}
      />
      {number('service_level_threshold_seconds', 'unit.seconds')}
      {number('target_service_level_pct', 'unit.pct')}
      {number('target_abandonment_pct', 'unit.pct')}
      {number('max_wait_seconds', 'unit.seconds')}
      <Precedence value={settings.kind_precedence} onChange={(kind_precedence) => set({ kind_precedence })} />
    </SendForm>
  );
}
