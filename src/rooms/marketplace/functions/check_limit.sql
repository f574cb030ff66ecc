create or replace function marketplace.check_limit(p_limit int, p_default int, p_most int)
returns int
language plpgsql immutable parallel safe
as $$
begin
  if p_limit not between 1 and p_most then
    raise exception using errcode = 'QH400', message = format('limit: %s is not between 1 and %s', p_limit, p_most), hint = 'Ask for fewer rows.';
  end if;
  return coalesce(p_limit, p_default);
end
$$;
comment on function marketplace.check_limit(int, int, int) is 'How many rows are asked for; QH400 outside 1 to the most.';
