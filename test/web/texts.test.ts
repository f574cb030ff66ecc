import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import { expect, test } from 'vitest';
import { operations } from '../../src/app/catalogue.ts';
import { dataTables } from '../../src/rooms/quality/data_tables.ts';
import { en as first } from '../../web/src/i18n/en.ts';
import { enPages } from '../../web/src/i18n/en_pages.ts';
import { es } from '../../web/src/i18n/es.ts';
import { ru } from '../../web/src/i18n/ru.ts';

const en = { ...first, ...enPages };
const catalogs = { en, ru, es } as const;
const keys = Object.keys(en).toSorted();
const source = path.join(import.meta.dirname, '../../web/src');
const pages = globSync('**/*.{ts,tsx}', { cwd: source })
  .filter((file) => !/i18n[/\\](en|ru|es)(_\w+)?\.ts$/.test(file))
  .map((file) => readFileSync(path.join(source, file), 'utf8'))
  .join('\n');

const placeholders = (message: string) =>
  [...new Set([...message.matchAll(/\{(\w+)[,}]/g)].map((match) => match[1] ?? ''))].toSorted((a, b) => a.localeCompare(b));

test.each(Object.keys(catalogs) as (keyof typeof catalogs)[])(
  '%s has every text, none empty, each a valid message with the same values',
  (language) => {
    const catalog = catalogs[language];
    expect(Object.keys(catalog).toSorted()).toEqual(keys);
    for (const [key, message] of Object.entries(catalog)) {
      expect(message, key).not.toBe('');
      expect(() => compileMessageOrThrow(message), key).not.toThrow();
      expect(
        placeholders(message).filter((name) => name !== 'one' && name !== 'other'),
        key,
      ).toEqual(placeholders(en[key as keyof typeof en]));
    }
  },
);

test('no Russian or Spanish text was left in English', () => {
  const same = new Set(['ASA', 'AHT', 'API', 'Demo', 'Auto']);
  const untranslated = keys.filter((key) => {
    const [english, russian] = [en[key as keyof typeof en], ru[key as keyof typeof ru]];
    return english === russian && /[A-Za-z]{4,}/.test(english.replaceAll(/\{[^}]*\}/g, '')) && !same.has(english);
  });
  expect(untranslated).toEqual([]);
});

test('counted things have the plural forms of their language', () => {
  for (const [language, catalog] of Object.entries(catalogs)) {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [key, message] of Object.entries(catalog)) {
      if (!message.includes(', plural,')) continue;
      for (const form of forms) expect(message.includes(`${form} {`), `${language} ${key} ${form}`).toBe(true);
    }
  }
});

test('every text is used by a page: named in full, or as one of a family', () => {
  const families = [...pages.matchAll(/`([a-z]\w*\.(?:[\w.]*\.)?)\$\{/g)].map((match) => match[1] ?? '');
  const unused = keys.filter((key) => !pages.includes(`'${key}'`) && !families.some((family) => key.startsWith(family)));
  expect(unused).toEqual([]);
});

const rooms = path.join(import.meta.dirname, '../../src/rooms');
const sourceOf = (pattern: string[]) =>
  globSync(pattern, { cwd: rooms })
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => readFileSync(path.join(rooms, file), 'utf8'))
    .join('\n');

test('every rule that an import of any kind can report has a text in every language', () => {
  // Rooms declare the rules of their kinds as (rule, severity, …) in a view; the import itself warns of a file as a whole.
  const declared = [...sourceOf(['*/views/*rules.sql']).matchAll(/\('([A-Z][A-Z0-9_]+)', '(?:error|warning|info)'/g)];
  const warned = [...sourceOf(['ingest/functions/*.sql', 'ingest/*.ts']).matchAll(/(?:warn\(|code: |rule => )'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g)];
  const rules = new Set([...declared, ...warned].map((match) => match[1]));
  expect(declared.length).toBeGreaterThan(45);
  expect(warned.length).toBeGreaterThan(5);
  expect([...rules].filter((rule) => !keys.includes(`rule.${rule}`))).toEqual([]);
});

test('every rule about data has its words, its advice and the name of its table', () => {
  const wanted = dataTables.flatMap(({ table, rules }) => [
    `dataTable.${table}`,
    ...rules.flatMap(({ rule }) => [`dataSays.${rule}`, `dataAdvice.${rule}`]),
  ]);
  expect(wanted.filter((key) => !keys.includes(key))).toEqual([]);
});

test('advice in every language is the advice that the server gives', () => {
  const declared = sourceOf(['*/views/*rules.sql']).matchAll(
    /\('([A-Z][A-Z0-9_]+)', '(?:error|warning|info)',\s+(?:'(?:[^']|'')*',\s+){2}(null|'(?:[^']|'')*')\)/g,
  );
  const advised = [...declared].filter((match) => match[2] !== 'null').map((match) => match[1]);
  expect(advised.length).toBeGreaterThan(40);
  expect(keys.filter((key) => key.startsWith('hint.') && !advised.includes(key.slice('hint.'.length)))).toEqual([]);
  expect(advised.filter((rule) => !keys.includes(`hint.${rule}`))).toEqual([]);
});

test('the first page and the frame are content with the first texts', () => {
  const used = ['shell', 'kit', 'design', 'rooms/statistics/Intervals', 'rooms/admin/SignIn']
    .flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: source }))
    .flatMap((file) => [...readFileSync(path.join(source, file), 'utf8').matchAll(/\btext\('([\w.:]+)'/g)].map((match) => match[1]!));
  expect(used.length).toBeGreaterThan(100);
  expect(used.filter((key) => !(key in first))).toEqual([]);
});

test('every right has its words', () => {
  const scopes = [...new Set(operations.flatMap(({ scope }) => (scope?.includes(':') === true ? [scope] : [])))];
  expect(scopes.length).toBeGreaterThan(10);
  expect(scopes.filter((scope) => !(`scope.${scope}` in en))).toEqual([]);
});
