create or replace function marketplace.check_evaluations(p_is_whole boolean)
returns bigint
language plpgsql volatile parallel unsafe
as $$
begin
  perform marketplace.read_import('evaluations');
  return marketplace.check_import('evaluations');
end
$$;
comment on function marketplace.check_evaluations(boolean) is 'Finds what keeps rows of an import of ratings of advisors out, and returns how many rows repeat another one.';
