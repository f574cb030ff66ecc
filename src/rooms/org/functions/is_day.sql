create or replace function org.is_day(p_text text)
returns boolean
language sql immutable parallel safe strict
as $$
  select case
      when p_text !~ '^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$' or p_text < '0001' then false
      else pg_catalog.substr(p_text, 9, 2)::int <= case
        when pg_catalog.substr(p_text, 6, 2) in ('04', '06', '09', '11') then 30
        when pg_catalog.substr(p_text, 6, 2) <> '02' then 31
        when pg_catalog.substr(p_text, 1, 4)::int % 4 = 0
          and (pg_catalog.substr(p_text, 1, 4)::int % 100 <> 0 or pg_catalog.substr(p_text, 1, 4)::int % 400 = 0) then 29
        else 28
      end
    end
$$;
comment on function org.is_day(text) is 'Whether a text is exactly YYYY-MM-DD and the calendar has that day.';
