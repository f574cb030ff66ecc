import { useLingui } from '@lingui/react';
import type { MessageKey } from './en.ts';
import { en } from './en.ts';
import type { Language } from './language.ts';

export type Text = (key: MessageKey, values?: Record<string, unknown>) => string;

export function useText(): Text {
  const { i18n } = useLingui();
  return (key, values) => i18n._(key, values);
}

export function useLanguage(): Language {
  return useLingui().i18n.locale as Language;
}

/** A text for a name that the server made up (a rule, a status): the translation if there is one. */
export function isMessageKey(key: string): key is MessageKey {
  return key in en;
}
