import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Loading } from './Loading.tsx';
import { Problem } from './Problem.tsx';
import style from './states.module.css';

interface AnswerProps<T> {
  query: UseQueryResult<T>;
  /** Height in rows of the skeleton. */
  rows?: number;
  children: (data: T) => ReactNode;
}

/** What a query has to say: its data (old ones while new ones load), else its problem, else a skeleton. */
export function Answer<T>({ query, rows, children }: AnswerProps<T>) {
  if (query.data !== undefined) {
    return (
      <div className={style.answer} aria-busy={query.isPlaceholderData} data-old={query.isPlaceholderData || undefined}>
        {query.error && <Problem error={query.error} onRetry={() => void query.refetch()} />}
        {children(query.data)}
      </div>
    );
  }
  if (query.error) return <Problem error={query.error} onRetry={() => void query.refetch()} />;
  return <Loading {...(rows === undefined ? {} : { rows })} />;
}
