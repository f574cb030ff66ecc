create or replace view org.current_day as
select (platform.now() at time zone coalesce(
  (select s.value #>> '{}' from platform.settings s where s.name = 'org.time_zone'), 'UTC'))::date as today;
comment on view org.current_day is 'The organisation''s today: by platform.now() in the zone of the setting org.time_zone (default UTC).';
