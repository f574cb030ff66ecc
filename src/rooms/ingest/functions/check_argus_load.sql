create or replace function ingest.check_argus_load(p_minutes int)
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  perform ingest.check_rows('argus_load', p_minutes);
end
$$;
comment on function ingest.check_argus_load(int) is 'Finds what breaks a rule in the staged rows of a load import (columns A–E).';
