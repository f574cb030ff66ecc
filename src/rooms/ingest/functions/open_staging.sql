create or replace function ingest.open_staging(p_columns jsonb)
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  -- All of it lives in this transaction: nothing is left when it ends, however it ends.
  drop table if exists pg_temp.staged_rows, pg_temp.staged_kind, pg_temp.staged_sheets, pg_temp.staged_columns,
    pg_temp.staged_periods, pg_temp.staged_names, pg_temp.batch_warnings, pg_temp.ignored_rows, pg_temp.rejected_rows, pg_temp.found;
  perform statistics.drop_interval_rows();
  execute (
    select format('create temp table staged_rows (sheet smallint not null, row_number int not null, period timestamp, '
        'source_name text%s, raw jsonb) on commit drop',
      string_agg(format(', %I %s', c.name, case when c.kind in ('count', 'seconds') then 'bigint' when c.kind in ('text', 'date') then c.kind
        else 'numeric' end), '' order by c.ordinal))
    from ingest.declared_columns(p_columns) c
    where c.kind in ('count', 'seconds', 'share', 'average', 'text', 'date'));
  create temp table staged_kind (name text primary key, kind text, header text, nullable boolean, ordinal int) on commit drop;
  insert into pg_temp.staged_kind
  select c.name, c.kind, c.header, c.nullable, c.ordinal from ingest.declared_columns(p_columns) c;
  create temp table staged_sheets (sheet smallint primary key, sheet_name text, title_from date, title_to date) on commit drop;
  create temp table staged_columns (sheet smallint, name text, header text, letter text, primary key (sheet, name)) on commit drop;
  create temp table staged_periods (sheet smallint, period timestamp, start_local timestamp, moment timestamptz,
    later timestamptz, problem text, is_skip_edge boolean) on commit drop;
  create temp table staged_names (name text, source_id int, shift interval, is_new boolean) on commit drop;
  create temp table ignored_rows (place int primary key) on commit drop;
  create temp table rejected_rows (place int primary key) on commit drop;
  create temp table found (place int, name text, rule text not null, value text, expected text, other_row int,
    occurrences bigint not null default 1, row_ranges int4multirange) on commit drop;
  create temp table batch_warnings (ordinal int generated always as identity, code text, message text, names text[], row_number int)
    on commit drop;
  create temp table interval_rows of statistics.interval_row on commit drop;
end
$$;
comment on function ingest.open_staging(jsonb) is 'Makes the temporary tables of one import from the declared columns of its kind: name, kind, header, nullable.';
