create or replace function org.shown_custom(p_custom jsonb, p_personal text[])
returns jsonb
language sql stable parallel safe
return case when p_personal is null or platform.sees_personal_data() then p_custom else p_custom - p_personal end;

comment on function org.shown_custom(jsonb, text[]) is 'Custom values, without the personal ones unless the caller may see them.';
