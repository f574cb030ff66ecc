create or replace function org.keep_demo_service(p_service_id int)
returns void
language sql
volatile
parallel unsafe
as $$
  update org.services as s
  set is_demo = false, updated_at = platform.now()
  where s.service_id = p_service_id
$$;
comment on function org.keep_demo_service(int) is 'Makes a service of the demo an ordinary one, because somebody has data of their own in it.';
