create or replace function platform.sees_all_services()
returns boolean
language sql stable parallel safe
return platform.visible_services() is null;

comment on function platform.sees_all_services() is 'Whether this session may see every service.';
