import { i18n } from '@lingui/core';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { type Catalog, en } from './en.ts';

export const languages = { en: 'English', ru: 'Русский', es: 'Español' } as const;
export type Language = keyof typeof languages;

const remembered = 'qh.language';

export const isLanguage = (tag: string): tag is Language => tag in languages;

const catalogs: Record<Language, () => Promise<Catalog>> = {
  en: async () => en,
  ru: async () => (await import('./ru.ts')).ru,
  es: async () => (await import('./es.ts')).es,
};

export function preferredLanguage(): Language {
  const wanted = [localStorage.getItem(remembered), ...navigator.languages].map((tag) => tag?.slice(0, 2));
  return wanted.find((tag): tag is Language => tag !== undefined && tag in languages) ?? 'en';
}

/** Messages are compiled when a language is chosen (a few hundred, a few milliseconds), so no build step makes catalogs. */
export async function activate(language: Language): Promise<void> {
  const catalog = await catalogs[language]();
  i18n.load(language, Object.fromEntries(Object.entries(catalog).map(([key, message]) => [key, compileMessage(message)])));
  i18n.activate(language);
  document.documentElement.lang = language;
}

export async function choose(language: Language): Promise<void> {
  localStorage.setItem(remembered, language);
  await activate(language);
}

/** The language of somebody who is not known yet: used unless this browser's reader chose one. */
export async function activateUnlessChosen(language: Language): Promise<void> {
  if (localStorage.getItem(remembered) === null) await activate(language);
}

export { i18n };
