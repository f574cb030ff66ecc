import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { operations } from './contract.ts';
import { glossary, type GlossaryFigure } from './glossary.ts';

const database = await testDatabase();
const root = path.resolve(import.meta.dirname, '../../..');

interface Kpi extends GlossaryFigure {
  formula_ru: string;
  formula_es: string;
  tables: string[];
  tests: string[];
  shown_in: string[];
  position: number;
}
const kpis = await database.db.query<Kpi>('select * from statistics.kpis order by position');
const agentKpis = await database.db.query<Kpi>('select * from statistics.agent_kpis order by position');
const everyKpi = [...kpis, ...agentKpis];

test('every column of statistics.figures is explained, and nothing else', async () => {
  const columns = await database.owner.query<{ name: string }>(
    `select a.name from pg_proc p, unnest(p.proargnames, p.proargmodes) as a (name, mode)
     where p.oid = 'statistics.figures'::regproc and a.mode = 't'`,
  );
  const labels = new Set(['bucket_start', 'bucket_end', 'service_id', 'group_id', 'service_level_variant']);
  // What ratios of several services are made of.
  for (const part of ['level_part', 'level_whole', 'handled_of_offered', 'offered_with_handled']) labels.add(part);
  expect(kpis.map(({ name }) => name).toSorted()).toEqual(
    columns
      .map(({ name }) => name)
      .filter((name) => !labels.has(name))
      .toSorted(),
  );
});

test('every figure of agents is explained, and nothing else; its SQL is cut out of the function that is executed', async () => {
  const columns = await database.owner.query<{ name: string }>(
    `select a.name from pg_proc p, unnest(p.proargnames, p.proargmodes) as a (name, mode)
     where p.oid = 'statistics.agent_figures'::regproc and a.mode = 't'`,
  );
  const labels = new Set(['bucket_start', 'bucket_end', 'scope_id', 'agent_count', 'interval_count']);
  expect(agentKpis.map(({ name }) => name.replace(/^agent_/, '')).toSorted()).toEqual(
    columns
      .map(({ name }) => name)
      .filter((name) => !labels.has(name))
      .toSorted(),
  );
  const [ratios] = await database.owner.query<{ body: string }>(
    `select regexp_replace(prosrc, '\\s+', ' ', 'g') as body from pg_proc where oid = 'statistics.agent_ratios'::regproc`,
  );
  for (const { name, sql } of agentKpis) {
    expect(sql, name).toBeTruthy();
    if (!sql.startsWith('statistics.total(')) expect(ratios!.body, name).toContain(sql.replaceAll('s.', 'p_'));
  }
});

test('the SQL that is printed is cut out of the function that is executed', async () => {
  // Inputs of a function are called as what they are given: s. the sums, k. the pieces.
  const functions = await database.owner.query<{ body: string }>(
    `select regexp_replace(regexp_replace(regexp_replace(prosrc, '--[^\n]*', '', 'g'), '\\s+', ' ', 'g'), '\\mp_', o.alias, 'g') as body
     from pg_proc join (values ('figures', 'p_'), ('ratios', 's.'), ('ratio_parts', 'k.')) as o (name, alias) on proname = o.name
     where pronamespace = 'statistics'::regnamespace`,
  );
  expect(functions).toHaveLength(3);
  const executed = functions.map(({ body }) => body).join('');
  for (const { name, sql } of kpis) {
    expect(sql, name).toBeTruthy();
    const [answer = '', ...parts] = sql.split(/\nwhere |\n {2}and /);
    expect(executed, name).toContain(answer);
    for (const part of parts) {
      const [, alias, expression] = /^[sk]\.(\w+) = ([\s\S]*)$/.exec(part) ?? [];
      expect(executed, `${name}: ${part}`).toContain(`${expression} as ${alias}`);
    }
    // Nothing that the answer rests on is left out.
    for (const [, alias] of answer.matchAll(/\bs\.(\w+)/g)) expect(sql, name).toContain(`s.${alias} = `);
  }
});

test('the service level is explained with its variants', () => {
  const level = kpis.find(({ name }) => name === 'service_level_pct');
  expect(level!.sql).toContain('answered_in_threshold');
  for (const variant of ['offered_without_short_abandons', 'handled', 'handled_and_abandoned_in_threshold'])
    expect(level!.sql).toContain(`'${variant}'`);
});

test('the tests and places that a figure names exist', async () => {
  const names = new Set(operations.map(({ name }) => name));
  for (const { name, tests, shown_in, tables } of everyKpi) {
    expect(
      tests.filter((file) => !existsSync(path.join(root, file))),
      name,
    ).toEqual([]);
    expect(
      shown_in.filter((place) => place.startsWith('statistics.') && !names.has(place)),
      name,
    ).toEqual([]);
    const objects = [...tables, ...shown_in.filter((place) => place.startsWith('api.'))];
    expect(
      await database.owner.query('select o.name from unnest($1::text[]) as o (name) where to_regclass(o.name) is null', [objects]),
      name,
    ).toEqual([]);
  }
});

test('titles and abbreviations are unique, so that each leads to one figure', () => {
  for (const title of ['title_en', 'title_ru', 'title_es'] as const) expect(new Set(everyKpi.map((kpi) => kpi[title])).size).toBe(everyKpi.length);
  const words = everyKpi.flatMap(({ name, aliases }) => [name, ...aliases]).map((word) => word.toLowerCase());
  expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
});

test('what is printed of a figure of agents names sums that there are', () => {
  const sums = new Set([
    'login_seconds',
    'ready_seconds',
    'not_ready_seconds',
    'talk_seconds',
    'hold_seconds',
    'wrap_seconds',
    'handled',
    'transferred',
  ]);
  expect(agentKpis.length).toBeGreaterThan(15);
  for (const { name, sql } of agentKpis)
    for (const [, sum] of sql.matchAll(/\b[sp]\.([\w.]+)/g)) expect(sums.has(sum!), `${name}: ${sum}`).toBe(true);
});

test('every formula is told in three languages', () => {
  for (const { name, formula, formula_ru, formula_es } of kpis) {
    expect(formula_ru, name).toMatch(/[а-я]{3}.*\.$/);
    expect(formula_es, name).toMatch(/^[A-ZÁÉÍÓÚ¿].*\.$/);
    expect(formula_es, name).not.toBe(formula);
  }
});

test('a figure is found by name, abbreviation or title in any language', async () => {
  for (const word of ['service_level_pct', 'SL', 'sl', 'Уровень сервиса', 'nivel de servicio'])
    expect(await database.api.query('select name, unit from api.explain_kpi($1)', [word]), word).toEqual([
      { name: 'service_level_pct', unit: 'percent' },
    ]);
  await expect(database.api.query(`select * from api.explain_kpi('service_levl_pct')`)).rejects.toMatchObject({
    code: 'QH404',
    hint: expect.stringContaining('service_level_pct'),
  });
});

test('docs/glossary.md is what the registry prints (vitest -u writes it)', async () => {
  await expect(glossary(everyKpi)).toMatchFileSnapshot(path.join(root, 'docs/glossary.md'));
});
