create or replace function org.masked(p_text text, p_kind text)
returns text
language sql immutable parallel safe strict
return platform.masked(p_text, p_kind);

comment on function org.masked(text, text) is 'A personal value as those see it who may not see it whole: first letter of an address, last two digits of a phone.';
