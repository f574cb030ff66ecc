create or replace function marketplace.cell_parser(p_type text, p_column text, p_choices text[], p_is_careful boolean)
returns text
language plpgsql immutable parallel unsafe
as $$
begin
  -- Written out and not called: a function per cell would cost more than all else of an import. A cast and the way back cost a tenth of a
  -- regular expression; they raise an error where a cell is nothing of the kind, and then the careful form reads the whole file.
  return format(
    case
      when p_type = 'id' and p_is_careful then 'case when r.%1$I ~ ''^[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}$'' then r.%1$I::uuid end'
      when p_type = 'id' then 'case when r.%1$I::uuid::text = lower(r.%1$I) then r.%1$I::uuid end'
      when p_type = 'moment' and p_is_careful then 'marketplace.cell_moment(r.%1$I)'
      when p_type = 'moment' then 'case when to_char(r.%1$I::timestamp, ''YYYY-MM-DD HH24:MI:SS'') in (r.%1$I, r.%1$I || '':00'') '
        'and r.%1$I::timestamp between ''1900-01-01'' and ''2999-12-31'' then r.%1$I::timestamp at time zone ''America/Bogota'' '
        'else marketplace.cell_moment(r.%1$I) end'
      when p_type = 'dane' then 'substring(r.%1$I from ''^\d{5}$'')'
      when p_type = 'choice' then 'case when upper(r.%1$I) = any (%2$L::text[]) then upper(r.%1$I) end'
      when p_type = 'yes_no' then 'case when lower(r.%1$I) in (''true'', ''t'', ''1'', ''sí'', ''si'', ''yes'', ''y'', ''да'', ''verdadero'') then true '
        'when lower(r.%1$I) in (''false'', ''f'', ''0'', ''no'', ''n'', ''нет'', ''falso'') then false end'
      when p_type = 'email' then 'case when org.is_email(r.%1$I) then lower(r.%1$I) end'
      when p_type = 'phone' then 'substring(regexp_replace(r.%1$I, ''[ ()-]'', '''', ''g'') from ''^\+57\d{10}$'')'
      when p_type = 'object' then 'marketplace.cell_object(r.%1$I)'
      when p_type = 'number' then 'r.%1$I::numeric'
      else 'r.%1$I'
    end, p_column, p_choices);
end
$$;
comment on function marketplace.cell_parser(text, text, text[], boolean) is
  'The expression that reads a cell of an import (column of r) in the one form in which it is kept; null when it is not of this type. Careful: it raises no error.';
