/** The SQL files of platform and rooms, as `apply` wants them: what each makes, and one hash over all. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { QhError } from '../errors.ts';

export type SqlKind = 'tables' | 'migration' | 'function' | 'view' | 'materialized view' | 'policies';

export interface SqlFile {
  kind: SqlKind;
  /** From the root of the sources, for messages. */
  path: string;
  schema: string;
  /** Name of the function or view; of a table file or migration, the name under which it is recorded. */
  name: string;
  text: string;
  hash: string;
}

export interface Sources {
  /** Schemas with tables: platform, then the rooms in order. `api` is not among them. */
  schemas: readonly string[];
  tables: readonly SqlFile[];
  migrations: readonly SqlFile[];
  functions: readonly SqlFile[];
  views: readonly SqlFile[];
  materialized: readonly SqlFile[];
  /** Which rows of the tables a session may see. */
  policies: readonly SqlFile[];
  hash: string;
}

/** A change of how apply works must reach databases whose sources did not change. */
const applyVersion = 1;

/** The folder with `src` and `db`. */
const ownRoot = join(import.meta.dirname, '..', '..', '..');

export function readSources(rooms: readonly string[], root = ownRoot): Sources {
  const source = join(root, 'src');
  const platform = join(source, 'platform');
  // `db` first: the others' tables may use what it makes.
  const parts = folders(platform).toSorted((a, b) => Number(b === 'db') - Number(a === 'db') || a.localeCompare(b));
  const places = [
    ...parts.map((part) => ({ schema: 'platform', folder: join(platform, part) })),
    ...rooms.map((room) => ({ schema: room, folder: join(source, 'rooms', room) })),
  ];
  const read = (schema: string, kind: SqlKind, file: string): SqlFile => readFile(root, schema, kind, file);
  const tables = places.flatMap(({ schema, folder }) =>
    existsSync(join(folder, 'tables.sql')) ? [read(schema, 'tables', join(folder, 'tables.sql'))] : [],
  );
  const policies = places.flatMap(({ schema, folder }) =>
    existsSync(join(folder, 'policies.sql')) ? [read(schema, 'policies', join(folder, 'policies.sql'))] : [],
  );
  const objects = places.flatMap(({ schema, folder }) => [
    ...sqlFiles(folder, 'functions').map((file) => read(schema, 'function', file)),
    ...sqlFiles(folder, 'views').map((file) => read(schema, 'view', file)),
    ...sqlFiles(folder, 'materialized').map((file) => read(schema, 'materialized view', file)),
  ]);
  const api = places.flatMap(({ folder }) => sqlFiles(folder, 'api').map((file) => apiFile(read('api', 'function', file))));
  const migrations = sqlFiles(join(root, 'db'), 'migrations').map((file) => migrationFile(read('', 'migration', file)));
  const all = [...tables, ...migrations, ...objects, ...api, ...policies];
  refuseDuplicates([...objects, ...api]);
  const pick = (kind: SqlKind): SqlFile[] => [...objects, ...api].filter((file) => file.kind === kind);
  return {
    schemas: ['platform', ...rooms],
    tables,
    migrations,
    functions: pick('function'),
    views: pick('view'),
    materialized: pick('materialized view'),
    policies,
    hash: sha256([String(applyVersion), ...rooms, ...all.flatMap((file) => [file.path, file.hash])].join('\n')),
  };
}

function readFile(root: string, schema: string, kind: SqlKind, file: string): SqlFile {
  const text = readFileSync(file, 'utf8');
  const path = relative(root, file);
  return { kind, path, schema, name: kind === 'tables' ? path.replace(/^src\//, '') : basename(file, '.sql'), text, hash: sha256(text) };
}

/** In `api` functions and views stand together; the first statement says which. */
function apiFile(file: SqlFile): SqlFile {
  return /^\s*create\s+or\s+replace\s+view\b/im.test(file.text) ? { ...file, kind: 'view' } : file;
}

/** `0007_statistics_add_column.sql`: the room is the word after the number. */
function migrationFile(file: SqlFile): SqlFile {
  const match = /^\d{4}_([a-z]+)_\w+$/.exec(file.name);
  if (!match?.[1]) throw new QhError('internal', `${file.path} must be named NNNN_room_what.sql`);
  return { ...file, schema: match[1] };
}

function refuseDuplicates(files: readonly SqlFile[]): void {
  const seen = new Map<string, string>();
  for (const { schema, name, path } of files) {
    const other = seen.get(`${schema}.${name}`);
    if (other) throw new QhError('internal', `${path} and ${other} both make ${schema}.${name}`);
    seen.set(`${schema}.${name}`, path);
  }
}

function folders(parent: string): string[] {
  if (!existsSync(parent)) return [];
  return readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

function sqlFiles(parent: string, folder: string): string[] {
  const path = join(parent, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => join(path, name));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
