create or replace function api.posted_batches()
returns table (
  batch_id uuid,
  source text,
  posted_at timestamptz,
  rows_total int,
  rows_inserted int,
  rows_updated int,
  rows_unchanged int,
  rows_rejected int,
  undone_at timestamptz
)
language sql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
  select b.batch_id, b.source, b.posted_at, b.rows_total, b.rows_inserted, b.rows_updated, b.rows_unchanged, b.rows_rejected,
    b.undone_at
  from statistics.posted_batches b
  order by b.posted_at desc, b.batch_id desc
$$;
comment on function api.posted_batches() is 'The batches of posted figures, newest first.';
