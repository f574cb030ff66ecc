create or replace function marketplace.cell_type(p_type text)
returns text
language sql immutable parallel safe
return case p_type when 'id' then 'uuid' when 'moment' then 'timestamptz' when 'yes_no' then 'boolean' when 'number' then 'numeric' when 'object' then 'jsonb' else 'text' end;

comment on function marketplace.cell_type(text) is 'The SQL type in which a cell of an import is kept.';
