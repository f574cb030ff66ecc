import { Checkbox, NumberInput, TextInput } from '@mantine/core';
import { IconBuilding } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { createSite, updateSite } from '../../../../../src/rooms/org/contract.ts';
import { call } from '../../../client.ts';
import { useText } from '../../../i18n/text.ts';
import { ZonePicker } from '../../../kit/picker/ZonePicker.tsx';
import { Empty } from '../../../kit/states/Empty.tsx';
import { SendForm } from '../../../kit/states/SendForm.tsx';
import type { Column } from '../../../kit/table/column.ts';
import { useChangeAddress } from '../../../shell/address.ts';
import { CustomInputs, type CustomValues } from '../CustomInputs.tsx';
import { type Site, sitesQuery } from '../people_queries.ts';
import { differences, former, useChange } from '../useChange.ts';
import { EntityList, type FormProps } from './EntityList.tsx';

/** Where people work, each place with its clock. */
export function Sites() {
  const text = useText();
  const change = useChangeAddress();
  const columns = useMemo((): Column<Site>[] => {
    const onOpen = (site: Site) => change({ open: site.site_code });
    const plain = (id: 'site_code' | 'time_zone' | 'city' | 'country' | 'address' | 'phone', width: number, optional = false): Column<Site> => ({
      id,
      header: text(`site.${id}`),
      type: 'text',
      width,
      value: (site) => site[id],
      optional,
    });
    return [
      { id: 'site_name', header: text('site.site_name'), type: 'text', width: 220, value: (site) => site.site_name, onOpen },
      { ...plain('site_code', 120), onOpen },
      plain('time_zone', 180),
      plain('city', 150),
      plain('country', 140),
      { id: 'capacity_seats', header: text('site.capacity_seats'), type: 'number', width: 110, value: (site) => site.capacity_seats },
      {
        id: 'is_active',
        header: text('common.active'),
        type: 'text',
        width: 100,
        value: (site) => text(site.is_active ? 'common.yes' : 'common.no'),
      },
      plain('address', 240, true),
      plain('phone', 150, true),
    ];
  }, [text, change]);
  return (
    <EntityList
      title={text('organisation.sites')}
      create={text('site.create')}
      query={useQuery(sitesQuery)}
      columns={columns}
      codeOf={(site) => site.site_code}
      nameOf={(site) => site.site_name}
      empty={
        <Empty
          icon={<IconBuilding size={32} stroke={1.4} />}
          title={text('site.emptyTitle')}
          command='npx qh org create-site HQ "Head office" Europe/Berlin'
        >
          {text('site.emptyText')}
        </Empty>
      }
      Form={SiteForm}
    />
  );
}

const fieldsOf = (site: Site | undefined) => ({
  site_name: site?.site_name ?? '',
  site_code: site?.site_code ?? '',
  time_zone: site?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  address: site?.address ?? '',
  city: site?.city ?? '',
  region: site?.region ?? '',
  country: site?.country ?? '',
  phone: site?.phone ?? '',
  capacity_seats: site?.capacity_seats ?? 0,
  is_24x7: site?.is_24x7 ?? false,
  is_active: site?.is_active ?? true,
  custom: (site?.custom ?? {}) as CustomValues,
});
type Fields = ReturnType<typeof fieldsOf>;
const texts = ['site_name', 'site_code', 'address', 'city', 'region', 'country', 'phone'] as const;

function SiteForm({ row: site, onDone }: FormProps<Site>) {
  const text = useText();
  const before = fieldsOf(site);
  const [fields, setFields] = useState(before);
  const save = useChange(() => onDone(undefined));
  const set = (change: Partial<Fields>) => setFields({ ...fields, ...change });
  const submit = () => {
    save.mutate({
      done: text('service.saved', { name: fields.site_name }),
      run: async () => {
        const changed = differences(before, fields);
        if (site) {
          const { site_id } = site;
          await call(updateSite, { site_id, ...changed });
          return () => call(updateSite, { site_id, ...former(before, changed) });
        }
        const { site_code, site_name, time_zone } = fields;
        const { is_active: _, ...given } = changed;
        await call(createSite, { ...given, site_code, site_name, time_zone });
        return undefined;
      },
    });
  };
  return (
    <SendForm sends={save} onSend={submit}>
      {texts.map((name) => (
        <TextInput
          key={name}
          label={text(`site.${name}`)}
          required={name === 'site_name' || name === 'site_code'}
          value={fields[name]}
          onChange={(event) => set({ [name]: event.currentTarget.value })}
        />
      ))}
      <ZonePicker
        label={text('site.time_zone')}
        description={text('site.zoneText')}
        value={fields.time_zone}
        onChange={(time_zone) => set({ time_zone })}
      />
      <NumberInput
        size="xs"
        label={text('site.capacity_seats')}
        min={0}
        allowDecimal={false}
        value={fields.capacity_seats}
        onChange={(seats) => typeof seats === 'number' && set({ capacity_seats: seats })}
      />
      <Checkbox label={text('site.is_24x7')} checked={fields.is_24x7} onChange={(event) => set({ is_24x7: event.currentTarget.checked })} />
      {site && (
        <Checkbox label={text('common.active')} checked={fields.is_active} onChange={(event) => set({ is_active: event.currentTarget.checked })} />
      )}
      <CustomInputs entity="site" value={fields.custom} onChange={(custom) => set({ custom })} />
    </SendForm>
  );
}
