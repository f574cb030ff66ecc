create or replace function marketplace.check_advisors(p_is_whole boolean)
returns bigint
language plpgsql volatile parallel unsafe
as $$
begin
  perform marketplace.read_import('advisors');
  perform marketplace.check_people();
  return marketplace.check_import('advisors');
end
$$;
comment on function marketplace.check_advisors(boolean) is 'Finds what keeps rows of an import of advisors out, and returns how many rows repeat another one.';
