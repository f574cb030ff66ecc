import { useMemo } from 'react';
import type { TableState } from '../kit/table/column.ts';
import { useAddress, useChangeAddress } from './address.ts';

/** The state of the page's table in the address; typing in a filter does not fill the history. */
export function useTableAddress(): [TableState, (change: TableState) => void] {
  const address = useAddress();
  const change = useChangeAddress();
  const { sort, filters, columns, frozen } = address;
  const state = useMemo(() => ({ sort, filters, columns, frozen }), [sort, filters, columns, frozen]);
  return [dropUndefined(state), (next) => change({ ...next }, { replace: true })];
}

function dropUndefined(state: TableState): TableState {
  return Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined));
}
