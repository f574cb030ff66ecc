create or replace function marketplace.target_columns(p_kind text, p_ordinal int)
returns table (name text, value text)
language sql stable parallel safe
as $$
  -- What the file does not say has the value that it has in a new row: a file says the whole of its rows.
  select a.attname::text, format('%s::%s', case when f.fallback is null then format('w.%I', f.name)
      else format('coalesce(w.%I, %L)', f.name, f.fallback) end, format_type(a.atttypid, a.atttypmod))
  from marketplace.import_targets t
  join marketplace.import_fields f on f.kind = t.kind
  cross join lateral unnest(f.targets) as g (target)
  join pg_attribute a on a.attrelid = format('marketplace.%I', t.table_name)::regclass and g.target = t.table_name || '.' || a.attname
  where t.kind = p_kind and t.ordinal = p_ordinal
  union all
  select c.key, quote_literal(c.value) from marketplace.import_targets t cross join lateral jsonb_each_text(t.fixed) as c (key, value)
  where t.kind = p_kind and t.ordinal = p_ordinal
$$;
comment on function marketplace.target_columns(text, int) is 'The columns that a kind of import writes in one of its tables, each with the expression over a row of the file (w).';
