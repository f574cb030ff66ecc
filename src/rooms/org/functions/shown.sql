create or replace function org.shown(p_text text, p_kind text)
returns text
language sql stable parallel safe
return case when platform.sees_personal_data() then p_text else org.masked(p_text, p_kind) end;

comment on function org.shown(text, text) is 'A personal value, masked unless the caller may see it.';
