import { Select } from '@mantine/core';
import { IconServer2 } from '@tabler/icons-react';
import { useText } from '../i18n/text.ts';
import { useService } from '../rooms/org/service_list.ts';
import { useChangeAddress } from './address.ts';

/** The service that every page looks at. Another service is another question, so zoom and queue go. */
export function ServicePicker() {
  const text = useText();
  const change = useChangeAddress();
  const { service, services } = useService();
  if (services.length === 0) return null;
  return (
    <Select
      aria-label={text('picker.service')}
      data={services.map(({ service_code, service_name }) => ({ value: service_code, label: service_name }))}
      value={service?.service_code ?? null}
      onChange={(code) => change({ service: code ?? undefined, queue: undefined, zoom: undefined, range: undefined, from: undefined, to: undefined })}
      leftSection={<IconServer2 size={16} stroke={1.6} />}
      searchable={services.length > 7}
      allowDeselect={false}
      nothingFoundMessage={text('picker.nothingFound')}
      w="clamp(140px, 24vw, 280px)"
    />
  );
}
