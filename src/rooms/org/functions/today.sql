create or replace function org.today()
returns date
language sql stable parallel safe
as $$
  select d.today from org.current_day d
$$;
comment on function org.today() is 'The organisation''s today: by platform.now() in the zone of the setting org.time_zone (default UTC).';
