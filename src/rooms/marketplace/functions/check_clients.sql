create or replace function marketplace.check_clients(p_is_whole boolean)
returns bigint
language plpgsql volatile parallel unsafe
as $$
begin
  perform marketplace.read_import('clients');
  perform marketplace.check_people();
  return marketplace.check_import('clients');
end
$$;
comment on function marketplace.check_clients(boolean) is 'Finds what keeps rows of an import of clients out, and returns how many rows repeat another one.';
