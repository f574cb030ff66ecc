import { Button } from '@mantine/core';
import { IconPlus, IconServer2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { Page } from '../../../design/Page.tsx';
import { useText } from '../../../i18n/text.ts';
import { Empty } from '../../../kit/states/Empty.tsx';
import { ImportButton } from '../../../kit/states/ImportButton.tsx';
import { SidePanel } from '../../../kit/states/SidePanel.tsx';
import type { Column } from '../../../kit/table/column.ts';
import { ListPanel } from '../../../kit/table/ListPanel.tsx';
import { zoneName } from '../../../kit/time/zone.ts';
import { useAddress, useChangeAddress } from '../../../shell/address.ts';
import { type Service, servicesQuery } from '../queries.ts';
import { DeleteService } from './DeleteService.tsx';
import { MergeService } from './MergeService.tsx';
import { ServiceForm } from './ServiceForm.tsx';

const made = '*';

/** What customers call, and how each is measured. */
export function ServicesPage() {
  const text = useText();
  const query = useQuery(servicesQuery);
  const change = useChangeAddress();
  const edited = useAddress()['edit'];
  const open = useCallback((edit: string) => change({ edit }), [change]);
  const close = () => change({ edit: undefined });
  const columns = useMemo((): Column<Service>[] => {
    const edit = (service: Service) => open(service.service_code);
    return [
      { id: 'service_name', header: text('service.name'), type: 'text', width: 220, value: (service) => service.service_name, onOpen: edit },
      { id: 'service_code', header: text('service.code'), type: 'text', width: 170, value: (service) => service.service_code, onOpen: edit },
      { id: 'time_zone', header: text('picker.zone'), type: 'text', width: 180, value: (service) => zoneName(service.time_zone) },
      { id: 'queue_count', header: text('queue.title'), type: 'number', width: 100, value: (service) => service.queue_count },
      {
        id: 'target',
        header: text('service.target'),
        unit: text('unit.pct'),
        type: 'number',
        kind: 'pct',
        width: 120,
        value: (service) => service.target_service_level_pct,
      },
      {
        id: 'threshold',
        header: text('service.threshold'),
        unit: text('unit.seconds'),
        type: 'number',
        width: 110,
        value: (service) => service.service_level_threshold_seconds,
      },
      {
        id: 'variant',
        header: text('service.variant'),
        type: 'text',
        width: 280,
        value: (service) => text(`variant.${service.service_level_variant}`),
      },
      {
        id: 'abandonment',
        header: text('service.abandonment'),
        unit: text('unit.pct'),
        type: 'number',
        kind: 'pct',
        width: 150,
        value: (service) => service.target_abandonment_pct,
        optional: true,
      },
      { id: 'demo', header: text('service.demo'), type: 'text', width: 90, value: (service) => (service.is_demo ? text('common.yes') : '') },
    ];
  }, [text, open]);
  const service = query.data?.find(({ service_code }) => service_code === edited);
  return (
    <Page
      title={text('nav.services')}
      about={text('service.about')}
      actions={
        <Button leftSection={<IconPlus size={16} />} onClick={() => open(made)}>
          {text('service.create')}
        </Button>
      }
    >
      <ListPanel
        name={text('nav.services')}
        query={query}
        columns={columns}
        rowKey={(row) => row.service_id}
        empty={
          <Empty
            icon={<IconServer2 size={32} stroke={1.4} />}
            title={text('service.emptyTitle')}
            actions={<ImportButton />}
            command="npx qh org create-service BILLING"
          >
            {text('service.emptyText')}
          </Empty>
        }
      />
      <SidePanel opened={edited === made || service !== undefined} onClose={close} title={service ? service.service_name : text('service.create')}>
        <ServiceForm key={edited} service={service} onDone={close} />
        {service && (
          <>
            <MergeService service={service} others={(query.data ?? []).filter((other) => other !== service)} onDone={close} />
            <DeleteService service={service} onDone={close} />
          </>
        )}
      </SidePanel>
    </Page>
  );
}
