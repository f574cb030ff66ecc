import { useCallback } from 'react';
import { isMessageKey, useText } from '../../i18n/text.ts';

/** A rule in the reader's language; the server's own English words where a rule is new. */
export function useRuleText(): (rule: string, message: string) => string {
  const text = useText();
  return useCallback(
    (rule, message) => {
      const key = `rule.${rule}`;
      return isMessageKey(key) ? text(key) : message;
    },
    [text],
  );
}
