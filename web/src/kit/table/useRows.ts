import { useMemo } from 'react';
import { type Column, compareValues, matches, readFilters, readOrder, type TableState } from './column.ts';

export type ShowText<Row> = (column: Column<Row>, row: Row) => string;

/** Filtered and sorted rows (as they came, where the server did that), and the columns that are shown, the frozen ones first. */
export function useRows<Row>(rows: Row[], columns: Column<Row>[], state: TableState, showText: ShowText<Row>, isServed: boolean) {
  const shown = useMemo(() => {
    const chosen = state.columns?.split(',');
    const visible = columns.filter(({ id, optional }) => (chosen ? chosen.includes(id) : !optional));
    const frozen = Math.min(visible.length, Math.max(0, Number(state.frozen ?? 1) || 0));
    return { columns: visible, frozen };
  }, [columns, state.columns, state.frozen]);
  const filtered = useMemo(() => {
    const filters = Object.entries(readFilters(state.filters)).flatMap(([id, filter]) => {
      const column = columns.find((candidate) => candidate.id === id);
      return column ? [{ column, filter }] : [];
    });
    if (isServed || filters.length === 0) return rows;
    return rows.filter((row) => filters.every(({ column, filter }) => matches(filter, column.value(row), showText(column, row))));
  }, [rows, columns, state.filters, showText, isServed]);
  const sorted = useMemo(() => {
    const order = readOrder(state.sort);
    const column = columns.find(({ id }) => id === order?.column);
    if (isServed || !order || !column) return filtered;
    return filtered.toSorted((a, b) => compareValues(column.value(a), column.value(b), order.descending));
  }, [filtered, columns, state.sort, isServed]);
  return { rows: sorted, ...shown };
}
