create or replace function statistics.is_checked(p_constraint text)
returns boolean
language sql stable parallel safe
as $$
  select exists (
    select from pg_catalog.pg_constraint c
    where c.conrelid = 'statistics.contact_statistics'::regclass and c.conname = p_constraint and c.contype = 'c' and c.convalidated)
$$;
comment on function statistics.is_checked(text) is 'Whether the table of facts itself holds a rule with every write.';
