import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { isMessageKey, useText } from '../../i18n/text.ts';
import { type Batch, kindsQuery } from './queries.ts';

/** The name of a kind of file in the reader's language; the server's own words where a kind is new. */
export function useKindText(): (name: string | null) => string {
  const text = useText();
  const kinds = useQuery(kindsQuery).data;
  return useCallback(
    (name) => {
      const key = `layout.${name}`;
      return isMessageKey(key) ? text(key) : (kinds?.find((kind) => kind.name === name)?.title ?? name ?? '–');
    },
    [text, kinds],
  );
}

/** One line more about it, where there is one. */
export function useKindAbout(): (name: string) => string | undefined {
  const text = useText();
  return (name) => {
    const key = `layout.${name}.about`;
    return isMessageKey(key) ? text(key) : undefined;
  };
}

/** Whether a kind is figures of a service, with a zone and an interval length; otherwise it is records. */
export function useBelongsToService(name: string | undefined): boolean {
  return useQuery(kindsQuery).data?.find((kind) => kind.name === name)?.belongs_to_service ?? true;
}

export const canUndo = (batch: Batch): boolean =>
  (batch.status === 'completed' || batch.status === 'completed_with_errors') && !batch.dry_run && batch.rows_valid > 0;
