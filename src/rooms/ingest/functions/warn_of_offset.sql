create or replace function ingest.warn_of_offset(p_zone text, p_offset_minutes int)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_found int[];
begin
  select array_agg(distinct (extract(epoch from p.start_local - (p.moment at time zone 'UTC')) / 60)::int) into v_found
  from pg_temp.staged_periods p
  where p.problem is null and p_offset_minutes is not null;
  if not p_offset_minutes = any (v_found) then
    perform ingest.warn('TITLE_OFFSET_DIFFERS',
      format('The title says %s, but the periods were read in %s, which was %s from UTC then.',
        ingest.offset_text(p_offset_minutes), p_zone, ingest.offset_text(v_found[1])));
  end if;
end
$$;
comment on function ingest.warn_of_offset(text, int) is 'Warns when the zone in which the periods were read never had the offset that the title prints.';
