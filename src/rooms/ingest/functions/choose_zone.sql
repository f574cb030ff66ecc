create or replace function ingest.choose_zone(p_given text, p_service_id int, p_offset_minutes int)
returns text
language sql stable parallel unsafe
as $$
  select coalesce(
    org.time_zone(p_given),
    (select s.time_zone from org.service_settings s where s.service_id = p_service_id),
    ingest.zone_of_offset(p_offset_minutes),
    'UTC')
$$;
comment on function ingest.choose_zone(text, int, int) is 'The zone in which periods are read: the given one, else the service''s, else the title''s offset, else UTC.';
