create or replace function api.remove_custom_field(p_entity text, p_field_name text, p_with_values boolean default null)
returns table (entity text, field_name text, values_removed int)
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_values int;
begin
  delete from org.custom_fields f where f.entity = p_entity and f.field_name = p_field_name;
  if not found then
    raise exception using errcode = 'QH404', message = format('%s has no custom field %L', p_entity, p_field_name),
      hint = 'List them with: qh org custom-fields';
  end if;
  select count(*) into v_values from org.custom_values(p_entity, p_field_name);
  if v_values > 0 and p_with_values is not true then
    raise exception using errcode = 'QH409', message = format('%s has %s values', p_field_name, v_values),
      hint = 'Say with_values to remove them too; they do not come back.';
  end if;
  update org.employees e set custom = e.custom - p_field_name where p_entity = 'employee' and e.custom ? p_field_name;
  update org.departments d set custom = d.custom - p_field_name where p_entity = 'department' and d.custom ? p_field_name;
  update org.sites s set custom = s.custom - p_field_name where p_entity = 'site' and s.custom ? p_field_name;
  update org.positions p set custom = p.custom - p_field_name where p_entity = 'position' and p.custom ? p_field_name;
  return query select p_entity, p_field_name, v_values;
end
$$;
comment on function api.remove_custom_field(text, text, boolean) is 'Removes a custom field; QH409 while it has values, unless they shall go with it. Says how many went.';
