create or replace function marketplace.cell_test(p_type text, p_column text, p_low numeric, p_high numeric)
returns text
language plpgsql immutable parallel safe
as $$
begin
  return format(
    case p_type
      when 'number' then 'coalesce(p.%1$I not between %2$s and %3$s, false)'
      when 'text' then case when p_high is null then 'false' else 'coalesce(length(p.%1$I) > %3$s, false)' end
      else 'r.%1$I is not null and p.%1$I is null'
    end, p_column, p_low, p_high);
end
$$;
comment on function marketplace.cell_test(text, text, numeric, numeric) is
  'The expression that is true where a cell of an import (r as it stands there, p as it was read) is not what its column may hold.';
