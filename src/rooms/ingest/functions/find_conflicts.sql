create or replace function ingest.find_conflicts(p_replace boolean)
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  insert into pg_temp.found (place, name, rule, expected, other_row)
  select c.row_number, 'period', 'GRANULARITY_CONFLICT', c.other_minutes::text, c.other_row_number
  from statistics.granularity_conflicts(p_replace) c;
  insert into pg_temp.found (place, name, rule, expected)
  select d.row_number, 'period', 'DETAIL_DROPPED', to_char(d.kept_from at time zone 'UTC', 'YYYY-MM-DD HH24:MI')
  from statistics.dropped_rows() d
  where not exists (select from pg_temp.found f where f.place = d.row_number and f.rule = 'GRANULARITY_CONFLICT');
end
$$;
comment on function ingest.find_conflicts(boolean) is 'Finds rows over stored intervals of another length, or over an interval of the same file that begins at another time, or in a time whose detail was let go of.';
