import { useCallback } from 'react';
import { isMessageKey, useText } from '../../i18n/text.ts';

/** The name of a role in the reader's language; of one that was added as data, its own. */
export function useRoleName(): (role: string) => string {
  const text = useText();
  return useCallback(
    (role) => {
      const key = `role.${role}`;
      return isMessageKey(key) ? text(key) : role;
    },
    [text],
  );
}

/** What a scope lets somebody do, in words; null for one that is too new to have them. */
export function useScopeWords(): (scope: string) => string | null {
  const text = useText();
  return useCallback(
    (scope) => {
      const key = `scope.${scope}`;
      return isMessageKey(key) ? text(key) : null;
    },
    [text],
  );
}

/** `Chrome · Linux`; unknown programs by their own first word. */
export function deviceOf(userAgent: string | null): string {
  if (!userAgent) return '–';
  const first = (pairs: readonly [RegExp, string][]) => pairs.find(([pattern]) => pattern.test(userAgent))?.[1];
  const browser = first([
    [/Edg\//, 'Edge'],
    [/OPR\//, 'Opera'],
    [/YaBrowser\//, 'Yandex'],
    [/Firefox\//, 'Firefox'],
    [/Chrome\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ]);
  const system = first([
    [/Windows/, 'Windows'],
    [/iPhone|iPad/, 'iOS'],
    [/Mac OS X/, 'macOS'],
    [/Android/, 'Android'],
    [/Linux/, 'Linux'],
  ]);
  return [browser ?? userAgent.split(/[/\s]/)[0], system].filter(Boolean).join(' · ');
}
