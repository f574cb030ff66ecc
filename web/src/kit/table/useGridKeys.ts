import { type KeyboardEvent, useState } from 'react';

export interface Spot {
  row: number;
  column: number;
}

interface GridOptions {
  rows: number;
  columns: number;
  page: number;
  onMove: (row: number) => void;
  onOpen: (spot: Spot) => void;
  onCopy: (from: Spot, to: Spot) => void;
}

/** The focused cell and the rectangle that is selected, moved as in a spreadsheet. */
export function useGridKeys({ rows, columns, page, onMove, onOpen, onCopy }: GridOptions) {
  const [spot, setSpot] = useState<Spot>({ row: 0, column: 0 });
  const [anchor, setAnchor] = useState<Spot | null>(null);
  const clamp = (next: Spot): Spot => ({ row: Math.max(0, Math.min(rows - 1, next.row)), column: Math.max(0, Math.min(columns - 1, next.column)) });

  const move = (next: Spot, extend: boolean) => {
    const target = clamp(next);
    setAnchor(extend ? (anchor ?? spot) : null);
    setSpot(target);
    onMove(target.row);
  };

  const rectangle = (): [Spot, Spot] => {
    const from = anchor ?? spot;
    return [
      { row: Math.min(from.row, spot.row), column: Math.min(from.column, spot.column) },
      { row: Math.max(from.row, spot.row), column: Math.max(from.column, spot.column) },
    ];
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // Buttons, links and filters inside the grid keep their own keys.
    if (event.target instanceof Element && event.target.closest('button, a, input')) return;
    const { row, column } = spot;
    const far = event.ctrlKey || event.metaKey;
    const steps: Record<string, Spot> = {
      ArrowUp: { row: far ? 0 : row - 1, column },
      ArrowDown: { row: far ? rows - 1 : row + 1, column },
      ArrowLeft: { row, column: far ? 0 : column - 1 },
      ArrowRight: { row, column: far ? columns - 1 : column + 1 },
      PageUp: { row: row - page, column },
      PageDown: { row: row + page, column },
      Home: { row: far ? 0 : row, column: 0 },
      End: { row: far ? rows - 1 : row, column: columns - 1 },
    };
    const step = steps[event.key];
    if (step) move(step, event.shiftKey);
    else if (event.key === 'Enter') onOpen(spot);
    else if (far && event.key.toLowerCase() === 'c') onCopy(...rectangle());
    else if (far && event.key.toLowerCase() === 'a') {
      setAnchor({ row: 0, column: 0 });
      setSpot({ row: rows - 1, column: columns - 1 });
    } else if (event.key === 'Escape') setAnchor(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const [from, to] = rectangle();
  const isSelected = (row: number, column: number) =>
    anchor !== null && row >= from.row && row <= to.row && column >= from.column && column <= to.column;
  return { spot, isSelected, onKeyDown, pick: (row: number, column: number, extend: boolean) => move({ row, column }, extend) };
}
