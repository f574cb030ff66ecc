create or replace function marketplace.find_references(p_kind text)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_field record;
begin
  for v_field in select f.name, f.reference, case f.type when 'dane' then 'codigo_dane' else 'id' end as key
    from marketplace.import_fields f where f.kind = p_kind and f.reference is not null
  loop
    execute format(
      $query$insert into pg_temp.found (place, name, rule, value, expected)
        select w.place, %1$L, 'REFERENCE_UNKNOWN', w.%1$I::text, %2$L
        from pg_temp.market_rows w
        left join marketplace.%2$I t on t.%3$I = w.%1$I
        where w.%1$I is not null and t.id is null$query$, v_field.name, v_field.reference, v_field.key);
    if v_field.key = 'codigo_dane' then
      update pg_temp.market_rows w
      set codigo_dane = (select m.id::text from marketplace.municipios m where m.codigo_dane = w.codigo_dane)
      where w.codigo_dane is not null;
    end if;
  end loop;
end
$$;
comment on function marketplace.find_references(text) is 'Finds ids and codes of an import of what is not there, and puts the id of a municipality in place of its code.';
