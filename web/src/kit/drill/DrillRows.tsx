import { Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { Answer } from '../states/Answer.tsx';
import type { Column, TableState } from '../table/column.ts';
import { DataTable } from '../table/DataTable.tsx';
import style from './DrillDown.module.css';

interface DrillRowsProps<Row> {
  query: UseQueryResult<{ items: Row[]; next_cursor: string | null }>;
  columns: Column<Row>[];
  rowKey: (row: Row) => string;
  /** So many are asked for; where there are more, that is said. */
  limit: number;
}

/** The stored rows behind a number. */
export function DrillRows<Row>({ query, columns, rowKey, limit }: DrillRowsProps<Row>) {
  const text = useText();
  const [state, setState] = useState<TableState>({});
  return (
    <Answer query={query} rows={8}>
      {({ items, next_cursor }) => (
        <div className={style.framed}>
          {next_cursor && (
            <Text size="sm" p="sm">
              {text('drill.more', { count: limit })}
            </Text>
          )}
          <DataTable
            name={text('drill.rows')}
            rows={items}
            columns={columns}
            rowKey={rowKey}
            state={state}
            onState={(change) => setState({ ...state, ...change })}
            maxRows={18}
            empty={text('drill.none')}
          />
        </div>
      )}
    </Answer>
  );
}
