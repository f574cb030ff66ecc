create or replace function org.shown_custom(p_custom jsonb, p_personal text[], p_is_open boolean default false)
returns jsonb
language sql stable parallel safe
return case when p_personal is null or platform.sees_personal_data() or p_is_open then p_custom else p_custom - p_personal end;

comment on function org.shown_custom(jsonb, text[], boolean) is 'Custom values, without the personal ones unless the caller may see them, or may see these.';
