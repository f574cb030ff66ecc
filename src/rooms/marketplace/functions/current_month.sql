create or replace function marketplace.current_month()
returns date
language sql stable parallel safe
return (pg_catalog.date_trunc('month', platform.now(), 'America/Bogota') at time zone 'America/Bogota')::date;

comment on function marketplace.current_month() is 'First day of the month that is running in America/Bogota.';
