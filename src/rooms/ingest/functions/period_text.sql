create or replace function ingest.period_text(p_kind text, p_period timestamp)
returns text
language sql immutable parallel safe strict
as $$
  select to_char(p_period, case p_kind when 'argus_load' then 'DD.MM.YYYY HH24:MI:SS' else 'DD.MM.YYYY HH24:MI' end)
$$;
comment on function ingest.period_text(text, timestamp) is 'A period as the kind of file prints it.';
