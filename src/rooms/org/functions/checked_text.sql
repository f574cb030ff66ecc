create or replace function org.checked_text(p_path text, p_text text, p_longest int)
returns text
language plpgsql immutable parallel safe
as $$
begin
  if coalesce(p_text, '') = '' or p_text <> btrim(p_text) or length(p_text) > p_longest then
    raise exception using errcode = 'QH400',
      message = format('%s %L is not possible: 1 to %s characters and no space at either end', p_path, left(p_text, 200), p_longest),
      detail = jsonb_build_array(jsonb_build_object('path', p_path, 'rule', format('has 1 to %s characters and no space at either end', p_longest),
        'value', p_text, 'hint', null))::text;
  end if;
  return p_text;
end
$$;
comment on function org.checked_text(text, text, int) is 'The text itself; QH400 when it is empty, too long or has spaces at its ends.';
