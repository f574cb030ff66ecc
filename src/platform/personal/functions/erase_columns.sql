create or replace function platform.erase_columns(p_person_kind text, p_person text)
returns jsonb
language plpgsql volatile parallel unsafe
as $$
declare
  v_column record;
  v_value text;
  v_rows bigint;
  v_done jsonb := '[]';
begin
  -- Names come from the list that the rooms declare, and stand in a catalog: nothing here is a caller's text.
  for v_column in
    select c.schema_name, c.table_name, c.column_name, c.kind, c.person_column, a.attnotnull as is_required, t.typname = 'jsonb' as is_json
    from platform.personal_columns c
    join pg_catalog.pg_attribute a on a.attrelid = pg_catalog.to_regclass(pg_catalog.format('%I.%I', c.schema_name, c.table_name)) and a.attname = c.column_name
    join pg_catalog.pg_type t on t.oid = a.atttypid
    where c.person_kind = p_person_kind
    order by c.schema_name, c.table_name, c.column_name
  loop
    -- What must hold something holds a word that stands for nobody.
    v_value := case
        when v_column.is_json then quote_literal('{}') || '::jsonb'
        when v_column.is_required or p_person_kind = 'login' then quote_literal('erased')
        else 'null'
      end;
    execute pg_catalog.format('update %I.%I t set %I = %s where t.%I::text = $1 and t.%I is distinct from %s',
      v_column.schema_name, v_column.table_name, v_column.column_name, v_value, v_column.person_column, v_column.column_name, v_value)
      using p_person;
    get diagnostics v_rows = row_count;
    v_done := v_done || pg_catalog.jsonb_build_object('table', v_column.schema_name || '.' || v_column.table_name, 'column', v_column.column_name, 'rows', v_rows);
  end loop;
  return v_done;
end
$$;
comment on function platform.erase_columns(text, text) is 'Replaces what is personal of one employee, user, login or person of the marketplace in every declared column, for good; returns table, column and number of rows. Figures stay.';
