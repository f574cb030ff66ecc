create or replace function marketplace.check_audits(p_is_whole boolean)
returns bigint
language plpgsql volatile parallel unsafe
as $$
begin
  perform marketplace.read_import('audits');
  return marketplace.check_import('audits');
end
$$;
comment on function marketplace.check_audits(boolean) is 'Finds what keeps rows of an import of audits out, and returns how many rows repeat another one.';
