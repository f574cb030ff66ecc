create or replace function marketplace.refuse_needed(p_batch_id uuid, p_table text)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_reference record;
  v_id uuid;
begin
  -- Whatever refers to a row that goes is not of this import: its own is gone by now. A ranking is made anew by the next refresh.
  for v_reference in select n.conrelid::regclass::text as name, (
      select string_agg(format('c.%I = x.%I', a.attname, b.attname), ' and ')
      from unnest(n.conkey, n.confkey) as k (own, other)
      join pg_attribute a on a.attrelid = n.conrelid and a.attnum = k.own
      join pg_attribute b on b.attrelid = n.confrelid and b.attnum = k.other) as condition
    from pg_constraint n
    where n.contype = 'f' and n.confrelid = format('marketplace.%I', p_table)::regclass and n.conrelid <> 'marketplace.ranking_history'::regclass
    order by n.conname
  loop
    execute format(
      $query$select x.id from marketplace.import_loads l
        join marketplace.%1$I x on x.id = l.row_id
        where l.batch_id = $1 and l.table_name = %1$L and l.before is null and exists (select from %2$s c where %3$s) limit 1$query$,
      p_table, v_reference.name, v_reference.condition) into v_id using p_batch_id;
    if v_id is not null then
      raise exception using errcode = 'QH409', message = format('%s %s of this import is used by %s of others', p_table, v_id, v_reference.name),
        hint = 'Undo the imports that came after it first.';
    end if;
  end loop;
end
$$;
comment on function marketplace.refuse_needed(uuid, text) is 'Refuses to undo an import whose rows others refer to by now.';
