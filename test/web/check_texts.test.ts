import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import { expect, test } from 'vitest';
import { esChecks } from '../../web/src/i18n/es_checks.ts';
import { ruChecks } from '../../web/src/i18n/ru_checks.ts';
import { jobDefinitions } from '../../src/app/catalogue.ts';
import { testDatabase } from '../database.ts';

/** What the page Health says of each check and job, against the catalogues of rules and jobs that every room adds its own to. */

const { owner } = await testDatabase();
const rules = await owner.query<{ rule: string; says: string; advice: string }>('select rule, says, advice from quality.rules() order by rule');
const english = Object.fromEntries([
  ...rules.flatMap(({ rule, says, advice }) => [[`checkSays.${rule}`, says] as const, [`checkAdvice.${rule}`, advice] as const]),
  ...jobDefinitions.map(({ name, summary }) => [`jobSays.${name}`, summary] as const),
]);
const catalogs: Record<string, Record<string, string>> = { ru: ruChecks, es: esChecks };
const code = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '').toSorted();

test.each(Object.keys(catalogs))('%s says and advises something of every rule and job, of no other, and never in English', (language) => {
  const texts = catalogs[language]!;
  expect(rules.length).toBeGreaterThan(25);
  expect(Object.keys(texts).toSorted()).toEqual(Object.keys(english).toSorted());
  for (const [key, text] of Object.entries(texts)) {
    expect(text, key).toMatch(/^\p{Lu}.*\.$/u);
    expect(text, key).not.toBe(english[key]);
    expect(() => compileMessageOrThrow(text), key).not.toThrow();
  }
});

test('names of settings and columns stand as code, the same ones in both languages, and are those of the English text', () => {
  const named = Object.keys(english).filter((key) => /\w_\w|`/.test(english[key]!));
  expect(named.length).toBeGreaterThan(4);
  for (const [key, text] of Object.entries(english)) {
    const names = code(ruChecks[key as keyof typeof ruChecks]);
    expect(code(esChecks[key as keyof typeof esChecks]), key).toEqual(names);
    for (const name of names) expect(text, key).toContain(name);
    for (const [name] of text.matchAll(/\b\w+_\w+\b/g)) expect(names.join(' '), key).toContain(name);
  }
});

test('Russian has no word in Latin letters but code', () => {
  const latin = Object.values(ruChecks).flatMap((text) => text.replaceAll(/`[^`]+`/g, '').match(/[A-Za-z]+/g) ?? []);
  expect(latin).toEqual([]);
});
