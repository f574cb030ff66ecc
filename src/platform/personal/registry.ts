import type { Tx } from '../db/pool.ts';
import type { Erased } from './erased.ts';

/** A column that a room declares as personal. */
export interface PersonalColumn {
  schema: string;
  table: string;
  column: string;
  kind: 'name' | 'email' | 'phone' | 'address' | 'other';
  /** Whose it is, by which column of the table; the employee of `employee_id` when left out. `usuario` and `asesor` are people of the marketplace. */
  person?: { kind: 'employee' | 'user' | 'login' | 'usuario' | 'asesor' | 'evento'; column: string };
}

/** Brings the list in the database to what the rooms of this program declare. */
export async function declarePersonalColumns(tx: Pick<Tx, 'query'>, columns: readonly PersonalColumn[]): Promise<void> {
  const rows = columns.map(({ schema, table, column, kind, person = { kind: 'employee', column: 'employee_id' } }) => ({
    schema_name: schema,
    table_name: table,
    column_name: column,
    kind,
    person_kind: person.kind,
    person_column: person.column,
  }));
  await tx.query(
    `with declared as (
       select d.* from jsonb_to_recordset($1) as d (schema_name text, table_name text, column_name text, kind text, person_kind text, person_column text)
     ), removed as (
       delete from platform.personal_columns c
       where not exists (select from declared d where (d.schema_name, d.table_name, d.column_name) = (c.schema_name, c.table_name, c.column_name))
     )
     insert into platform.personal_columns select d.* from declared d
     on conflict (schema_name, table_name, column_name) do update
     set kind = excluded.kind, person_kind = excluded.person_kind, person_column = excluded.person_column`,
    [JSON.stringify(rows)],
  );
}

export async function eraseEmployee(tx: Tx, employeeId: number): Promise<Erased[]> {
  const [row] = await tx.query<{ done: Erased[] }>(`select platform.erase_columns('employee', $1) as done`, [String(employeeId)]);
  return row!.done;
}

export async function eraseUser(tx: Tx, userId: string): Promise<Erased[]> {
  const [row] = await tx.query<{ done: Erased[] }>('select platform.erase_user($1) as done', [userId]);
  return row!.done;
}
