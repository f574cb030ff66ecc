import { Button, Group, Select } from '@mantine/core';
import { IconZoomReset } from '@tabler/icons-react';
import { useText } from '../../../i18n/text.ts';
import { autoGrain } from '../../../kit/picker/grain.ts';
import { GrainPicker } from '../../../kit/picker/GrainPicker.tsx';
import { QueuePicker } from '../../../kit/picker/QueuePicker.tsx';
import { RangePicker } from '../../../kit/picker/RangePicker.tsx';
import { ZonePicker } from '../../../kit/picker/ZonePicker.tsx';
import { useAddress, useChangeAddress } from '../../../shell/address.ts';
import type { Service } from '../../org/queries.ts';
import { comparisons, type IntervalsView } from './useIntervals.ts';

export function Filters({ service, view }: { service: Service; view: IntervalsView }) {
  const text = useText();
  const change = useChangeAddress();
  const queue = useAddress()['queue'];
  return (
    <Group gap="sm">
      <QueuePicker service={service.service_code} value={queue} onChange={(next) => change({ queue: next })} />
      <RangePicker
        value={view.range}
        preset={view.preset}
        data={view.data}
        onPreset={(range) => change({ range, from: undefined, to: undefined, zoom: undefined })}
        onRange={({ from, to }) => change({ from, to, range: undefined, zoom: undefined })}
      />
      <GrainPicker value={view.chosenGrain} auto={autoGrain(view.window)} onChange={(grain) => change({ grain: grain?.toString() })} />
      <Select
        aria-label={text('compare.label')}
        data={comparisons.map((one) => ({ value: one, label: text(`compare.${one}`) }))}
        value={view.comparison}
        onChange={(next) => change({ compare: next === 'none' || next === null ? undefined : next })}
        allowDeselect={false}
        w="clamp(150px, 14vw, 220px)"
      />
      <ZonePicker value={view.zone} onChange={(zone) => change({ zone: zone === service.time_zone ? undefined : zone, zoom: undefined })} />
      {view.zoom && (
        <Button variant="light" leftSection={<IconZoomReset size={16} />} onClick={() => change({ zoom: undefined })}>
          {text('chart.reset')}
        </Button>
      )}
    </Group>
  );
}
