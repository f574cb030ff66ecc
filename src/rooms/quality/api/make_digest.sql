create or replace function api.make_digest()
returns table (period_start timestamptz, period_end timestamptz, made_at timestamptz, content jsonb)
language sql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
  select d.period_start, d.period_end, d.made_at, d.content from quality.write_digest() d
$$;
comment on function api.make_digest() is 'Writes the digest of the seven days up to this midnight (UTC) now.';
