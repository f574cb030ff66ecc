create or replace function org.create_service(
  p_service_code text,
  p_service_name text default null,
  p_time_zone text default null,
  p_is_demo boolean default false
)
returns int
language plpgsql volatile parallel unsafe
as $$
declare
  v_service_id int;
begin
  if coalesce(btrim(p_service_code), '') = '' or p_service_code <> btrim(p_service_code) or length(p_service_code) > 100 then
    raise exception using errcode = 'QH400',
      message = format('%L cannot be a service code', p_service_code),
      hint = 'A code has 1 to 100 characters and no space at either end.';
  end if;
  insert into org.services (service_code, service_name, time_zone, is_demo, created_at, updated_at)
  values (p_service_code, coalesce(nullif(btrim(p_service_name), ''), p_service_code),
    org.time_zone(coalesce(p_time_zone, 'UTC')), p_is_demo, platform.now(), platform.now())
  on conflict (service_code) do nothing
  returning service_id into v_service_id;
  if v_service_id is null then
    raise exception using errcode = 'QH409',
      message = format('there is already a service %L', p_service_code),
      hint = 'Choose another code, or change the service that has it.';
  end if;
  return v_service_id;
end
$$;
comment on function org.create_service(text, text, text, boolean) is 'Makes a service (name = code and zone = UTC unless given) and returns its id; QH409 when the code is taken.';
