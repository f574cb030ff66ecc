create or replace function platform.sees_all_people()
returns boolean
language sql stable parallel safe
return platform.sees_all_teams() and platform.sees_all_cities();

comment on function platform.sees_all_people() is 'Whether this session may see everybody: narrowed neither to departments, nor to services, nor to cities.';
