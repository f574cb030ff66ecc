import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { rooms } from '../src/app/rooms.ts';

/** The tree checks itself: who may read whom, in both languages, and what a file may hold. No database. */

const root = path.resolve(import.meta.dirname, '..');
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(path.join(root, file)));
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const typescript = files.filter((file) => /\.tsx?$/.test(file));
const sources = typescript.filter((file) => file.startsWith('src/') && !file.endsWith('.test.ts'));
const sql = files.filter((file) => file.startsWith('src/') && file.endsWith('.sql'));
const roomNames = rooms.map((room) => room.name);
const readsOf = (room: string) => rooms.find((entry) => entry.name === room)?.reads ?? [];
const withoutComments = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
const withoutSqlComments = (text: string) => text.replaceAll(/--.*$/gm, '').replaceAll(/^\s*comment on [\s\S]*?';$/gm, '');

/** Offending places as `file: what`, so that a failure names them all. */
function offences(list: string[], find: (file: string) => string[]): string[] {
  return list.flatMap((file) => find(file).map((what) => `${file}: ${what}`));
}

function importsOf(file: string): string[] {
  const specifiers = [...withoutComments(read(file)).matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => match[1]!);
  return specifiers.map((specifier) => path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier)));
}

function mayImport(file: string, target: string): boolean {
  if (file.startsWith('src/numerics/')) return target.startsWith('src/numerics/');
  if (file.startsWith('src/platform/')) return target.startsWith('src/platform/');
  const room = /^src\/rooms\/(\w+)\//.exec(file)?.[1];
  if (room !== undefined) {
    const other = /^src\/rooms\/(\w+)\/(.+)$/.exec(target);
    if (other === null) return target.startsWith('src/platform/') || target.startsWith('src/numerics/');
    return other[1] === room || (readsOf(room).includes(other[1]!) && other[2] === 'contract.ts');
  }
  if (file.startsWith('web/'))
    return target.startsWith('web/') || target.startsWith('src/numerics/') || /^src\/rooms\/\w+\/contract\.ts$/.test(target) || isForBrowsers(target);
  return true;
}

/** The parts of the contract machinery that a browser loads. */
const isForBrowsers = (target: string) => ['src/platform/contract/operation.ts', 'src/platform/contract/client.ts'].includes(target);

describe('dependencies', () => {
  test('every room on disk stands in src/app/rooms.ts', () => {
    const onDisk = new Set(files.map((file) => /^src\/rooms\/(\w+)\//.exec(file)?.[1]).filter((room) => room !== undefined));
    expect([...onDisk].toSorted()).toEqual(roomNames.toSorted());
  });

  test('TypeScript imports follow the edges between rooms', () => {
    const code = typescript.filter((file) => (file.startsWith('src/') || file.startsWith('web/src/')) && !/\.test\.tsx?$/.test(file));
    expect(offences(code, (file) => importsOf(file).filter((target) => !mayImport(file, target)))).toEqual([]);
  });

  test('SQL names follow the edges between rooms', () => {
    const found = offences(sql, (file) => {
      const room = /^src\/rooms\/(\w+)\//.exec(file)?.[1];
      if (room === undefined) return schemasIn(file).filter((schema) => roomNames.includes(schema));
      return schemasIn(file).filter((schema) => roomNames.includes(schema) && schema !== room && !readsOf(room).includes(schema));
    });
    expect(found).toEqual([]);
  });

  test("a room uses a neighbour's tables only in foreign keys", () => {
    const found = offences(sql, (file) => {
      const room = /^src\/rooms\/(\w+)\//.exec(file)?.[1];
      const text = withoutSqlComments(read(file))
        .replaceAll(/references\s+[\w.]+/g, '')
        // A variable for the row that a function of the neighbour gives back.
        .replaceAll(/^\s*v_\w+ \w+\.\w+;$/gm, '')
        .replaceAll(/create (?:or replace )?trigger[\s\S]*?;/g, '');
      return roomNames
        .filter((other) => other !== room)
        .flatMap((other) =>
          tablesOf(other)
            .filter((table) => new RegExp(String.raw`\b${other}\.${table}\b`).test(text))
            .map((table) => `${other}.${table}`),
        );
    });
    expect(found).toEqual([]);
  });
});

function schemasIn(file: string): string[] {
  return [...new Set([...withoutSqlComments(read(file)).matchAll(/\b([a-z_]+)\.[a-z_]+/g)].map((match) => match[1]!))];
}

function tablesOf(room: string): string[] {
  const file = `src/rooms/${room}/tables.sql`;
  if (!existsSync(path.join(root, file))) return [];
  return [...read(file).matchAll(/create (?:unlogged )?table (?:if not exists )?\w+\.(\w+)/g)].map((match) => match[1]!);
}

describe('files', () => {
  test('no file has a name that says nothing', () => {
    const banned =
      /(^|\/)(service|repository|controller|utils?|common|helpers?|shared|index)\.tsx?$|(^|\/)(dto|models|utils|common|helpers|shared)\//;
    const allowed = new Set(['test/shared.ts', 'web/index.html']);
    expect(typescript.filter((file) => banned.test(file) && !allowed.has(file))).toEqual([]);
  });

  test('no source file is longer than 400 lines', () => {
    const long = [...typescript, ...sql].filter((file) => !file.startsWith('web/src/i18n/') && read(file).split('\n').length > 400);
    expect(long).toEqual([]);
  });

  test('nothing is left unfinished', () => {
    const marks = /\b(TODO|FIXME|XXX|HACK)\b|\.(only|skip)\(\s*['"`]|@ts-(ignore|nocheck)|\bas any\b(?!')/;
    const own = path.relative(root, import.meta.filename);
    expect(
      offences(
        typescript.filter((file) => file !== own),
        (file) =>
          read(file)
            .split('\n')
            .filter((line) => marks.test(line)),
      ),
    ).toEqual([]);
  });

  test('a room has a README of at most 40 lines', () => {
    const missing = roomNames.filter((room) => !files.includes(`src/rooms/${room}/README.md`));
    const long = roomNames.filter((room) => !missing.includes(room) && read(`src/rooms/${room}/README.md`).split('\n').length > 41);
    expect({ missing, long }).toEqual({ missing: [], long: [] });
  });
});

describe('clock and chance', () => {
  test('only the clock knows the time, only the seeded generator draws', () => {
    const allowed = (file: string) =>
      file.startsWith('src/platform/clock/') || file.startsWith('src/platform/db/') || file === 'src/platform/auth/keys.ts';
    const found = offences(
      sources.filter((file) => !allowed(file)),
      (file) => [...withoutComments(read(file)).matchAll(/new Date\(\)|Date\.now\(\)|Math\.random\(\)/g)].map((match) => match[0]),
    );
    expect(found).toEqual([]);
  });

  test('SQL of the rooms asks platform.now()', () => {
    const banned = /(?<!platform\.)(?<!\w)(now\(\)|current_date|current_timestamp|clock_timestamp\(\)|localtimestamp)|\brandom\(\)/g;
    const rooms = sql.filter((file) => file.startsWith('src/rooms/'));
    expect(offences(rooms, (file) => [...withoutSqlComments(read(file)).matchAll(banned)].map((match) => match[0]))).toEqual([]);
  });
});

describe('SQL', () => {
  const definitions = sql.filter((file) => /\/(functions|views|api)\//.test(file));

  test('one object stands in a file of its name, with a comment', () => {
    const found = offences(definitions, (file) => {
      const text = read(file);
      const names = [...text.matchAll(/^create (?:or replace )?(?:function|view|procedure|aggregate) (\w+)\.(\w+)/gim)].map((match) => match[2]!);
      const wanted = path.basename(file, '.sql');
      const problems = names.filter((name) => name !== wanted).map((name) => `defines ${name}`);
      if (names.length === 0) problems.push('defines nothing');
      if (!/^comment on (function|view|procedure|aggregate)/im.test(text)) problems.push('has no comment');
      return problems;
    });
    expect(found).toEqual([]);
  });

  test('a definer function fixes its search_path', () => {
    const unsafe = definitions.filter((file) => /security definer/i.test(read(file)) && !/set search_path = pg_catalog, pg_temp/i.test(read(file)));
    expect(unsafe).toEqual([]);
  });

  test('date_trunc by day or longer names its zone', () => {
    const found = offences(sql, (file) =>
      [...withoutSqlComments(read(file)).matchAll(/date_trunc\('(?:day|week|month|year)',\s*[^,()]+(?:\([^()]*\))?\)/g)].map((match) => match[0]),
    );
    expect(found).toEqual([]);
  });
});

describe('the repository speaks of the product alone', () => {
  test('the folder of shared inputs is named only in tests and benches', () => {
    const elsewhere = files.filter(
      (file) => /\.(ts|tsx|sql|md|mjs|json)$/.test(file) && !/^(test|bench)\//.test(file) && !/\.test\.tsx?$/.test(file),
    );
    expect(elsewhere.filter((file) => file !== '.ci/run' && read(file).includes('../shared'))).toEqual([]);
  });
});
