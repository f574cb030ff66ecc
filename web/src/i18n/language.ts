import { i18n } from '@lingui/core';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { en } from './en.ts';

export const languages = { en: 'English', ru: 'Русский', es: 'Español' } as const;
export type Language = keyof typeof languages;

const remembered = 'qh.language';

export const isLanguage = (tag: string): tag is Language => tag in languages;

type Texts = Record<string, string>;

/** English comes with the program, but for the texts of pages that are opened later; what checks say in it, the server says. */
const catalogs: Record<Language, { first: () => Promise<Texts>; pages: () => Promise<Texts> }> = {
  en: { first: async () => en, pages: async () => (await import('./en_pages.ts')).enPages },
  ru: { first: async () => (await import('./ru.ts')).ru, pages: async () => (await import('./ru_checks.ts')).ruChecks },
  es: { first: async () => (await import('./es.ts')).es, pages: async () => (await import('./es_checks.ts')).esChecks },
};

/** Whether a page was opened that needs more than the first texts. */
let needsPages = false;

export function preferredLanguage(): Language {
  const wanted = [localStorage.getItem(remembered), ...navigator.languages].map((tag) => tag?.slice(0, 2));
  return wanted.find((tag): tag is Language => tag !== undefined && tag in languages) ?? 'en';
}

/** Messages are compiled when a language is chosen (a few hundred, a few milliseconds), so no build step makes catalogs. */
export async function activate(language: Language): Promise<void> {
  const { first, pages } = catalogs[language];
  load(language, await first());
  if (needsPages) load(language, await pages());
  i18n.activate(language);
  document.documentElement.lang = language;
}

const load = (language: Language, texts: Texts) =>
  i18n.load(language, Object.fromEntries(Object.entries(texts).map(([key, message]) => [key, compileMessage(message)])));

/** Brings the texts of all pages, in this language and in those that are chosen later. */
export async function needPages(): Promise<void> {
  if (needsPages) return;
  const language = i18n.locale as Language;
  load(language, await catalogs[language].pages());
  needsPages = true;
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
