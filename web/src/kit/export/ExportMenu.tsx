import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useText } from '../../i18n/text.ts';
import type { Sheet } from './sheet.ts';

// Who only looks does not load what writes files.
const save = async (kind: 'saveCsv' | 'saveXlsx', sheet: Sheet) => (await import('./sheet.ts'))[kind](sheet);

/** Saves what is shown, made into a sheet when it is asked for. */
export function ExportMenu({ count, sheet }: { count: number; sheet: () => Sheet }) {
  const text = useText();
  return (
    <Menu>
      <Menu.Target>
        <Tooltip label={text('table.export')}>
          <ActionIcon aria-label={text('table.export')}>
            <IconDownload size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{text('table.exportWhat', { count })}</Menu.Label>
        <Menu.Item onClick={() => void save('saveCsv', sheet())}>CSV</Menu.Item>
        <Menu.Item onClick={() => void save('saveXlsx', sheet())}>Excel (XLSX)</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
