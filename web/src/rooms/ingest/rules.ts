import { useCallback } from 'react';
import { isMessageKey, useText } from '../../i18n/text.ts';

/** What to do about a finding, in the reader's language; what the server says where a rule is new. */
export function useHintText(): (rule: string, hint: string | null) => string {
  const text = useText();
  return useCallback(
    (rule, hint) => {
      const key = `hint.${rule}`;
      return hint !== null && isMessageKey(key) ? text(key) : (hint ?? '');
    },
    [text],
  );
}

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
