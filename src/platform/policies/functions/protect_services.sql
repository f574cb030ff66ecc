create or replace function platform.protect_services(p_table text)
returns void
language sql volatile parallel unsafe
as $$
  select platform.protect(p_table, '(select platform.sees_all_services()) or service_id = any ((select platform.visible_services())::int[])')
$$;
comment on function platform.protect_services(text) is 'Declares that a session sees the rows of its services. Apply does this by itself for every table that has a column service_id and no other declaration.';
