create or replace function statistics.split_list(p_text text)
returns text[]
language plpgsql immutable parallel safe strict
as $$
declare
  v_items text[] := '{}';
  v_item text := '';
  v_depth int := 0;
  v_part text;
begin
  -- Commas inside parentheses part arguments, not items.
  for v_part in select m.match[1] from regexp_matches(p_text, '([(),]|[^(),]+)', 'g') with ordinality as m (match, place) order by m.place loop
    v_depth := v_depth + case v_part when '(' then 1 when ')' then -1 else 0 end;
    if v_part = ',' and v_depth = 0 then
      v_items := v_items || btrim(v_item, E' \n');
      v_item := '';
    else
      v_item := v_item || v_part;
    end if;
  end loop;
  return v_items || btrim(v_item, E' \n');
end
$$;
comment on function statistics.split_list(text) is 'The items of an SQL select list, parted at the commas that stand outside parentheses.';
