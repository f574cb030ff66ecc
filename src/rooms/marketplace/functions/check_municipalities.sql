create or replace function marketplace.check_municipalities(p_is_whole boolean)
returns bigint
language plpgsql volatile parallel unsafe
as $$
begin
  perform marketplace.read_import('municipalities');
  update pg_temp.market_rows w
  set cells = w.cells || jsonb_build_object('municipio_norm', translate(upper(w.cells ->> 'municipio'), 'ÁÉÍÓÚÜÑ', 'AEIOUUN'));
  return marketplace.check_import('municipalities');
end
$$;
comment on function marketplace.check_municipalities(boolean) is 'Finds what keeps rows of an import of municipalities out, and returns how many rows repeat another one.';
