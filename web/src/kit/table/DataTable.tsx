import { useElementSize } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, type ReactNode, useCallback, useId, useRef } from 'react';
import { useFormat } from '../../i18n/format.ts';
import { useLanguage, useText } from '../../i18n/text.ts';
import { copySheet } from '../export/sheet.ts';
import { tell } from '../states/undo.tsx';
import { type Column, type TableState, toSheet } from './column.ts';
import { HeadCell } from './HeadCell.tsx';
import { TableTools } from './TableTools.tsx';
import { type Spot, useGridKeys } from './useGridKeys.ts';
import { useRows } from './useRows.ts';
import style from './DataTable.module.css';

interface DataTableProps<Row> {
  /** Names the table to screen readers and its files. */
  name: string;
  rows: Row[];
  columns: Column<Row>[];
  rowKey: (row: Row) => string | number;
  state: TableState;
  onState: (change: TableState) => void;
  /** The server filtered and sorted the rows by this state: they stay as they came. */
  isServed?: boolean;
  /** Rows that the height is for; more scroll. */
  maxRows?: number;
  /** Stands in the tool line, before the tools. */
  tools?: ReactNode;
  empty?: ReactNode;
}

const rowHeight = 28;

/** Virtual rows, sort, filter, chosen and frozen columns, keyboard movement, copy to Excel and export of what is shown. */
export function DataTable<Row>({
  name,
  rows: all,
  columns: every,
  rowKey,
  state,
  onState,
  isServed = false,
  maxRows = 16,
  tools,
  empty,
}: DataTableProps<Row>) {
  const text = useText();
  const format = useFormat();
  const language = useLanguage();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const { ref, width } = useElementSize<HTMLDivElement>();

  const showText = useCallback(
    (column: Column<Row>, row: Row): string => {
      if (column.text) return column.text(row);
      const value = column.value(row);
      if (column.type === 'number') return format.number(typeof value === 'number' ? value : null, column.kind);
      return String(value ?? '');
    },
    [format],
  );
  const { rows, columns, frozen } = useRows(all, every, state, showText, isServed);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 12 });

  const copy = async (sheetRows: Row[], sheetColumns: Column<Row>[]) => {
    await copySheet(toSheet(name, sheetColumns, sheetRows), decimalMark(language));
    tell(text, text('table.copied', { rows: sheetRows.length }));
  };
  const open = ({ row, column }: Spot) => {
    const target = rows[row];
    if (target !== undefined) columns[column]?.onOpen?.(target);
  };
  const grid = useGridKeys({
    rows: rows.length,
    columns: columns.length,
    page: maxRows - 1,
    onMove: (row) => virtual.scrollToIndex(row),
    onOpen: open,
    onCopy: (from, to) => void copy(rows.slice(from.row, to.row + 1), columns.slice(from.column, to.column + 1)),
  });

  const wanted = columns.reduce((sum, column) => sum + column.width, 0);
  const stretch = wanted > 0 && width > wanted ? width / wanted : 1;
  const widths = columns.map((column) => Math.floor(column.width * stretch));
  const lefts = widths.map((_, index) => widths.slice(0, index).reduce((sum, one) => sum + one, 0));
  const line = widths.reduce((sum, one) => sum + one, 0);
  const place = (index: number) => ({
    width: widths[index],
    ...(index < frozen ? { position: 'sticky' as const, left: lefts[index], zIndex: 1 } : {}),
  });

  return (
    <div className={style.table}>
      <TableTools
        name={name}
        total={all.length}
        rows={rows}
        columns={columns}
        every={every}
        state={state}
        onState={onState}
        onCopy={() => void copy(rows, columns)}
      >
        {tools}
      </TableTools>
      <div
        ref={(element) => {
          scroller.current = element;
          ref(element);
        }}
        className={style.scroller}
        style={{ height: Math.min(rows.length, maxRows) * rowHeight + 42 + (line > width ? 14 : 2) }}
        role="grid"
        aria-label={name}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length}
        aria-activedescendant={rows.length > 0 ? `${id}-${grid.spot.row}-${grid.spot.column}` : undefined}
        tabIndex={0}
        onKeyDown={grid.onKeyDown}
        onMouseDown={onCell((spot, event) => grid.pick(spot.row, spot.column, event.shiftKey))}
        onMouseMove={onCell((spot, event) => event.buttons === 1 && grid.pick(spot.row, spot.column, true))}
        onClick={onCell((spot, event) => !event.shiftKey && open(spot))}
      >
        <div role="row" aria-rowindex={1} className={style.head} style={{ width: line }}>
          {columns.map((column, index) => (
            <HeadCell key={column.id} column={column} place={place(index)} state={state} onState={onState} />
          ))}
        </div>
        <div role="rowgroup" className={style.body} style={{ height: virtual.getTotalSize(), width: line }}>
          {virtual.getVirtualItems().map(({ index: at, start }) => {
            const row = rows[at];
            if (row === undefined) return null;
            return (
              <div
                key={rowKey(row)}
                role="row"
                aria-rowindex={at + 2}
                className={style.row}
                style={{ transform: `translateY(${start}px)`, width: line }}
              >
                {columns.map((column, index) => (
                  <div
                    key={column.id}
                    id={`${id}-${at}-${index}`}
                    role="gridcell"
                    aria-colindex={index + 1}
                    className={style.cell}
                    lang={column.lang}
                    data-type={column.type}
                    data-open={column.onOpen ? '' : undefined}
                    data-spot={(grid.spot.row === at && grid.spot.column === index) || undefined}
                    data-selected={grid.isSelected(at, index) || undefined}
                    style={place(index)}
                    title={column.type === 'text' ? showText(column, row) : undefined}
                    tabIndex={-1}
                    data-row={at}
                    data-column={index}
                  >
                    {column.renderCell ? column.renderCell(row) : showText(column, row)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
      {rows.length === 0 && <div className={style.none}>{all.length > 0 ? text('table.nothingMatches') : empty}</div>}
    </div>
  );
}

/** One handler on the grid instead of several on each of its cells. */
function onCell(act: (spot: Spot, event: MouseEvent) => unknown) {
  return (event: MouseEvent) => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]') : null;
    if (cell) act({ row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) }, event);
  };
}

function decimalMark(language: string): string {
  return new Intl.NumberFormat(language).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value ?? '.';
}
