import { Select } from '@mantine/core';
import { IconTable } from '@tabler/icons-react';
import { useText } from '../../../i18n/text.ts';
import { useChangeAddress } from '../../../shell/address.ts';
import type { TableInfo } from '../queries.ts';

/** Every table and view that may be read, by room. Another table is another question, so filters and order go. */
export function TablePicker({ tables, table }: { tables: readonly TableInfo[]; table: TableInfo | undefined }) {
  const text = useText();
  const change = useChangeAddress();
  const groups = [...new Set(tables.map(({ room }) => room))].map((room) => ({
    group: room,
    items: tables.filter((one) => one.room === room).map(({ table_name: name }) => ({ value: name, label: name })),
  }));
  return (
    <Select
      aria-label={text('explorer.table')}
      placeholder={text('explorer.pick')}
      data={groups}
      value={table?.table_name ?? null}
      onChange={(name) => change({ table: name ?? undefined, sort: undefined, filters: undefined, columns: undefined, frozen: undefined })}
      leftSection={<IconTable size={16} stroke={1.6} />}
      searchable
      allowDeselect={false}
      nothingFoundMessage={text('picker.nothingFound')}
      maxDropdownHeight={420}
      comboboxProps={{ withinPortal: true }}
      w="min(420px, 100%)"
      lang="x-none"
    />
  );
}
