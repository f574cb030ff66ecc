create or replace function marketplace.month_of(p_text text, p_name text)
returns date
language plpgsql immutable parallel safe
as $$
begin
  if p_text is null then
    return null;
  end if;
  if p_text !~ '^\d{4}-(0[1-9]|1[0-2])(-01)?$' or p_text < '0001' then
    raise exception using errcode = 'QH400', message = format('%s: “%s” is no month', p_name, p_text), hint = 'Write it as YYYY-MM, for instance 2025-03.';
  end if;
  return left(p_text, 7)::text || '-01';
end
$$;
comment on function marketplace.month_of(text, text) is 'The first day of a month that is written YYYY-MM; QH400 for anything else.';
