import { useLingui } from '@lingui/react';
import type { MessageKey } from './en.ts';
import { i18n, type Language } from './language.ts';

export type Text = (key: MessageKey, values?: Record<string, unknown>) => string;

const texts = new Map<string, Text>();

/** The same function as long as the language is the same, so that what is made of texts can be kept. */
export function useText(): Text {
  const { i18n } = useLingui();
  const text = texts.get(i18n.locale) ?? ((key, values) => i18n._(key, values));
  texts.set(i18n.locale, text);
  return text;
}

export function useLanguage(): Language {
  return useLingui().i18n.locale as Language;
}

/** A text for a name that the server made up (a rule, a status): the translation if there is one. */
export function isMessageKey(key: string): key is MessageKey {
  return key in i18n.messages;
}
