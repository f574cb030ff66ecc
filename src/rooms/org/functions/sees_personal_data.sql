create or replace function org.sees_personal_data()
returns boolean
language sql stable parallel safe
return platform.sees_personal_data();

comment on function org.sees_personal_data() is 'Whether phones and addresses are shown whole.';
