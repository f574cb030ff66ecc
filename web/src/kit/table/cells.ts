import { useCallback } from 'react';
import { useFormat } from '../../i18n/format.ts';
import { toCivil } from '../time/zone.ts';
import type { Column } from './column.ts';

interface TimeColumn<Row> {
  id: string;
  header: string;
  at: (row: Row) => string | null;
  unit?: string;
  optional?: boolean;
  width?: number;
}

/** A column of moments, shown and exported as the zone's own clock, sorted as moments. */
export function useTimeCells(zone: string) {
  const format = useFormat();
  return useCallback(
    <Row>({ id, header, at, unit, optional, width = 150 }: TimeColumn<Row>): Column<Row> => {
      const instant = (row: Row) => {
        const moment = at(row);
        return moment === null ? null : Date.parse(moment);
      };
      const shown = (row: Row) => {
        const moment = instant(row);
        return moment === null ? '' : format.dateTime(moment, zone);
      };
      const cell = (row: Row) => {
        const moment = instant(row);
        return moment === null ? null : new Date(toCivil(moment, zone));
      };
      return { id, header, type: 'time', width, value: instant, text: shown, cell, ...(unit ? { unit } : {}), ...(optional ? { optional } : {}) };
    },
    [format, zone],
  );
}
