import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { Address } from '../router.tsx';

/** The page's state as it stands in the address. */
export function useAddress(): Address {
  return useSearch({ strict: false });
}

export type Change = (change: Address, options?: { replace?: boolean }) => void;

/** Changes some of the page's state; `undefined` takes a value out. A step that Back should undo is pushed, the rest replaced. */
export function useChangeAddress(): Change {
  const navigate = useNavigate();
  return useCallback(
    (change, options) =>
      void navigate({ to: '.', search: (now: Address) => ({ ...now, ...change }), replace: options?.replace ?? false, resetScroll: false }),
    [navigate],
  );
}
