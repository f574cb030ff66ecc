import { ActionIcon, Button, Checkbox, Group, NumberInput, Popover, Stack, Text, Tooltip } from '@mantine/core';
import { IconColumns3, IconCopy, IconFilterOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useFormat } from '../../i18n/format.ts';
import { useText } from '../../i18n/text.ts';
import { ExportMenu } from '../export/ExportMenu.tsx';
import { type Column, type TableState, toSheet } from './column.ts';
import style from './DataTable.module.css';

interface TableToolsProps<Row> {
  name: string;
  total: number;
  rows: Row[];
  columns: Column<Row>[];
  every: Column<Row>[];
  state: TableState;
  onState: (change: TableState) => void;
  onCopy: () => void;
  children: ReactNode;
}

export function TableTools<Row>({ name, total, rows, columns, every, state, onState, onCopy, children }: TableToolsProps<Row>) {
  const text = useText();
  const format = useFormat();
  const sheet = () => toSheet(name, columns, rows);
  const choose = (ids: string[]) =>
    onState({
      columns:
        every
          .filter(({ id }) => ids.includes(id))
          .map(({ id }) => id)
          .join(',') || undefined,
    });
  return (
    <div className={style.tools}>
      {children}
      <Text size="xs" c="dimmed" role="status">
        {rows.length === total ? text('table.rows', { count: total }) : text('table.rowsOf', { shown: format.number(rows.length), count: total })}
      </Text>
      {state.filters && (
        <Button size="compact-xs" variant="subtle" leftSection={<IconFilterOff size={14} />} onClick={() => onState({ filters: undefined })}>
          {text('table.clearFilters')}
        </Button>
      )}
      <Group gap={4} ml="auto" wrap="nowrap">
        <Popover position="bottom-end" shadow="md" trapFocus>
          <Popover.Target>
            <Tooltip label={text('table.columns')}>
              <ActionIcon aria-label={text('table.columns')}>
                <IconColumns3 size={18} stroke={1.6} />
              </ActionIcon>
            </Tooltip>
          </Popover.Target>
          <Popover.Dropdown className={style.chooser}>
            <Checkbox.Group label={text('table.columns')} value={columns.map(({ id }) => id)} onChange={choose}>
              <Stack gap="xs" mt="xs">
                {every.map(({ id, header }) => (
                  <Checkbox key={id} size="xs" value={id} label={header} />
                ))}
              </Stack>
            </Checkbox.Group>
            <NumberInput
              size="xs"
              mt="sm"
              label={text('table.frozen')}
              min={0}
              max={4}
              value={Number(state.frozen ?? 1)}
              onChange={(value) => onState({ frozen: String(value) })}
            />
          </Popover.Dropdown>
        </Popover>
        <Tooltip label={text('table.copyAll')}>
          <ActionIcon aria-label={text('table.copyAll')} onClick={onCopy}>
            <IconCopy size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
        <ExportMenu count={rows.length} sheet={sheet} />
      </Group>
    </div>
  );
}
