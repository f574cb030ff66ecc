create or replace function marketplace.cell_value(p_type text, p_text text, p_choices text[])
returns text
language sql immutable parallel safe
as $$
  select case p_type
      when 'id' then lower(substring(p_text from '^[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}$'))
      when 'dane' then substring(p_text from '^\d{5}$')
      -- The same moment is the same text, whatever the session's zone and however it was written.
      when 'moment' then to_char(marketplace.cell_moment(p_text) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
      when 'choice' then (select c.word from unnest(p_choices) as c (word) where c.word = upper(p_text))
      when 'yes_no' then case
          when lower(p_text) in ('true', 't', '1', 'sí', 'si', 'yes', 'y', 'да', 'verdadero') then 'true'
          when lower(p_text) in ('false', 'f', '0', 'no', 'n', 'нет', 'falso') then 'false'
        end
      when 'email' then case when org.is_email(p_text) then lower(p_text) end
      when 'phone' then substring(regexp_replace(p_text, '[ ()-]', '', 'g') from '^\+57\d{10}$')
      else p_text
    end
$$;
comment on function marketplace.cell_value(text, text, text[]) is 'A cell of an import in the one form in which it is kept; null when it is not of this type.';
