create or replace function ingest.warn(p_code text, p_message text, p_names text[] default null, p_row_number int default null)
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  insert into pg_temp.batch_warnings (code, message, names, row_number) values (p_code, p_message, p_names, p_row_number);
end
$$;
comment on function ingest.warn(text, text, text[], int) is 'Notes a warning about the file as a whole.';
