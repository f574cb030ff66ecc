create or replace function ingest.cells_of(p_kind text, p_sheet smallint, p_period timestamp, p_raw jsonb, p_row jsonb)
returns jsonb
language plpgsql volatile parallel unsafe
as $$
begin
  return (
    select jsonb_agg(coalesce(p_raw ->> k.name,
      case when k.kind = 'period' then ingest.period_text(p_kind, p_period) else p_row ->> k.name end) order by k.ordinal)
    from pg_temp.staged_kind k
    where exists (select from pg_temp.staged_columns c where c.name = k.name));
end
$$;
comment on function ingest.cells_of(text, smallint, timestamp, jsonb, jsonb) is 'The cells of a staged row as texts, in the order of the declared columns that the file has.';
