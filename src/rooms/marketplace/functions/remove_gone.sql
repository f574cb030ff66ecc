create or replace function marketplace.remove_gone(p_batch_id uuid, p_kind text)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_target record;
begin
  for v_target in select t.ordinal, t.table_name from marketplace.import_targets t where t.kind = p_kind and t.gone_by is not null loop
    execute format(
      $query$with gone as (
          delete from marketplace.%1$I x
          using (
            select distinct g.id from pg_temp.market_gone g
            where g.ordinal = %2$s and not exists (select from pg_temp.rejected_rows r where r.place = g.place)
          ) g
          where x.id = g.id
          returning x.*
        )
        insert into marketplace.import_loads (batch_id, table_name, row_id, given, before)
        select $1, %1$L, o.id, 'null', to_jsonb(o) from gone o$query$, v_target.table_name, v_target.ordinal) using p_batch_id;
  end loop;
end
$$;
comment on function marketplace.remove_gone(uuid, text) is 'Removes what an import takes back, and keeps it for an undo.';
