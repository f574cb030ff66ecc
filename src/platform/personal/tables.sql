-- platform: where personal data stand, so that they can be erased with the person.

create table platform.personal_columns (
  schema_name text not null,
  table_name text not null,
  column_name text not null,
  kind text not null check (kind in ('name', 'email', 'phone', 'address', 'other')),
  person_kind text not null check (person_kind in ('employee', 'user', 'login', 'usuario', 'asesor', 'evento')),
  person_column text not null,
  primary key (schema_name, table_name, column_name)
);
comment on table platform.personal_columns is 'Columns that hold what is personal, as the rooms declare them; erasing a person goes by this list.';
comment on column platform.personal_columns.person_kind is 'What person_column holds: an employee, a user, or the login of a user who wrote the row; of the marketplace a person, an advisor, or an event that names a person.';

create table platform.erased_marks (
  mark bytea primary key check (length(mark) = 32),
  kind text not null check (kind in ('personnel_number', 'usuario_id', 'email')),
  erased_at timestamptz not null
);
comment on table platform.erased_marks is 'Who was erased, as keyed hashes of their number or id and address: by them an import or event does not bring them back. They tell nothing without the secret key, which is not in the database.';
