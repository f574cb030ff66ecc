create or replace function platform.masked(p_text text, p_kind text)
returns text
language sql immutable parallel safe strict
return case p_kind
    when 'email' then pg_catalog.left(p_text, 1) || '***@…'
    when 'phone' then '***' || pg_catalog.right(pg_catalog.regexp_replace(p_text, '\D', '', 'g'), 2)
    else '***'
  end;

comment on function platform.masked(text, text) is 'A personal value as those see it who may not see it whole: first letter of an address, last two digits of a phone.';
