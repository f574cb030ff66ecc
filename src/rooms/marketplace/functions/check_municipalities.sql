create or replace function marketplace.check_municipalities(p_is_whole boolean)
returns bigint
language plpgsql volatile parallel unsafe
as $$
begin
  perform marketplace.read_import('municipalities');
  return marketplace.check_import('municipalities');
end
$$;
comment on function marketplace.check_municipalities(boolean) is 'Finds what keeps rows of an import of municipalities out, and returns how many rows repeat another one.';
