create or replace function marketplace.cell_moment(p_text text)
returns timestamptz
language sql immutable parallel safe strict
as $$
  select case
      when t.serial is not null then (timestamp '1899-12-30' + round(t.serial::numeric * 86400) * interval '1 second') at time zone 'America/Bogota'
      when p.y not between 1900 and 2999 or p.m not between 1 and 12 or p.h > 23 or p.mi > 59 or p.s >= 60 then null
      when p.d not between 1 and (array[31, case when p.y % 4 = 0 and (p.y % 100 <> 0 or p.y % 400 = 0) then 29 else 28 end,
        31, 30, 31, 30, 31, 31, 30, 31, 30, 31])[p.m] then null
      when p.zone is null then make_timestamp(p.y, p.m, p.d, p.h, p.mi, p.s) at time zone 'America/Bogota'
      when p.zone ~* '^z$' then make_timestamp(p.y, p.m, p.d, p.h, p.mi, p.s) at time zone 'UTC'
      when substr(p.zone, 2, 2)::int > 14 then null
      else (make_timestamp(p.y, p.m, p.d, p.h, p.mi, p.s) - (left(p.zone, 1) || '1')::int * make_interval(hours => substr(p.zone, 2, 2)::int,
        mins => coalesce(nullif(substr(replace(p.zone, ':', ''), 4, 2), ''), '0')::int)) at time zone 'UTC'
    end
  from (
    select regexp_match(btrim(p_text),
        '^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d(?:\.\d{1,6})?))?(?:\.0+)? ?(Z|z|[+-]\d\d(?::?\d\d)?)?)?$') as iso,
      regexp_match(btrim(p_text), '^(\d\d)\.(\d\d)\.(\d{4})(?: (\d\d):(\d\d)(?::(\d\d))?)?$') as local,
      -- A true date cell of a workbook comes as the number of its day.
      substring(btrim(p_text) from '^\d{5}(?:\.\d{1,15})?$') as serial
  ) t
  cross join lateral (
    select coalesce(t.iso[1], t.local[3])::int as y, coalesce(t.iso[2], t.local[2])::int as m, coalesce(t.iso[3], t.local[1])::int as d,
      coalesce(t.iso[4], t.local[4], '0')::int as h, coalesce(t.iso[5], t.local[5], '0')::int as mi,
      coalesce(t.iso[6], t.local[6], '0')::double precision as s, t.iso[7] as zone
  ) p
$$;
comment on function marketplace.cell_moment(text) is 'The moment that a cell''s text is: YYYY-MM-DD HH:MM:SS, with an offset or in Bogotá, or DD.MM.YYYY HH:MM:SS; null when it is none.';
