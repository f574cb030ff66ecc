create or replace function org.shown(p_text text, p_kind text, p_is_open boolean default false)
returns text
language sql stable parallel safe
return case when platform.sees_personal_data() or p_is_open then p_text else org.masked(p_text, p_kind) end;

comment on function org.shown(text, text, boolean) is 'A personal value, masked unless the caller may see it, or may see this one.';
