create or replace function ingest.zone_of_offset(p_minutes int)
returns text
language sql immutable parallel safe strict
as $$
  select case
      when p_minutes = 0 then 'UTC'
      when p_minutes % 60 = 0 and p_minutes between -720 and 840 then
        'Etc/GMT' || case when p_minutes > 0 then '-' else '+' end || abs(p_minutes / 60)
      else (
        -- The tz database has no plain zones for these; each named one keeps the offset all year.
        select z.zone
        from (values (-570, 'Pacific/Marquesas'), (210, 'Asia/Tehran'), (270, 'Asia/Kabul'), (330, 'Asia/Kolkata'), (345, 'Asia/Kathmandu'),
          (390, 'Asia/Yangon'), (525, 'Australia/Eucla'), (570, 'Australia/Darwin')) as z (minutes, zone)
        where z.minutes = p_minutes)
    end
$$;
comment on function ingest.zone_of_offset(int) is 'An IANA zone with this constant offset from UTC in minutes; null when there is none.';
