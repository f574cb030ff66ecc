import { ActionIcon, Popover, TextInput, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconFilter, IconFilterFilled } from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import { useText } from '../../i18n/text.ts';
import { type Column, readFilters, readOrder, type TableState, writeFilters } from './column.ts';
import style from './DataTable.module.css';

interface HeadCellProps<Row> {
  column: Column<Row>;
  place: CSSProperties;
  state: TableState;
  onState: (change: TableState) => void;
}

/** A click sorts up, another down, a third not at all. */
export function HeadCell<Row>({ column, place, state, onState }: HeadCellProps<Row>) {
  const text = useText();
  const order = readOrder(state.sort);
  const sorted = order?.column === column.id ? (order.descending ? 'descending' : 'ascending') : 'none';
  const next = { none: column.id, ascending: `-${column.id}`, descending: undefined }[sorted];
  const filters = readFilters(state.filters);
  const filter = filters[column.id] ?? '';
  return (
    <div role="columnheader" aria-sort={sorted} className={style.headCell} data-type={column.type} style={place}>
      <UnstyledButton
        className={style.sort}
        onClick={() => onState({ sort: next })}
        disabled={column.isUnsorted === true}
        title={column.unit ? `${column.header}, ${column.unit}` : column.header}
      >
        <span className={style.headText}>
          {column.header} {column.unit && <span className={style.unit}>{column.unit}</span>}
        </span>
        {sorted === 'ascending' && <IconArrowUp size={14} aria-hidden />}
        {sorted === 'descending' && <IconArrowDown size={14} aria-hidden />}
      </UnstyledButton>
      <Popover position="bottom-end" shadow="md" trapFocus>
        <Popover.Target>
          <ActionIcon
            size="sm"
            className={style.filter}
            data-active={filter !== '' || undefined}
            aria-label={text('table.filter', { column: column.header })}
          >
            {filter ? <IconFilterFilled size={14} /> : <IconFilter size={14} stroke={1.6} />}
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown>
          <TextInput
            label={text('table.filter', { column: column.header })}
            description={column.filterHelp ?? (column.type === 'number' ? text('table.filterNumber') : text('table.filterText'))}
            value={filter}
            onChange={(event) => onState({ filters: writeFilters({ ...filters, [column.id]: event.currentTarget.value }) })}
          />
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}
