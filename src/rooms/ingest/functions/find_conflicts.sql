create or replace function ingest.find_conflicts(p_replace boolean)
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  insert into pg_temp.found (place, name, rule, expected, other_row)
  select c.row_number, 'period', 'GRANULARITY_CONFLICT', c.other_minutes::text, c.other_row_number
  from statistics.granularity_conflicts(p_replace) c;
end
$$;
comment on function ingest.find_conflicts(boolean) is 'Finds rows over stored intervals of another length, or over an interval of the same file that begins at another time.';
