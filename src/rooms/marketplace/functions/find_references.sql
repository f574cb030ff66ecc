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
        select w.place, %1$L, 'REFERENCE_UNKNOWN', w.cells ->> %1$L, %2$L
        from pg_temp.market_rows w
        where w.cells ->> %1$L is not null and not exists (select from marketplace.%2$I t where t.%3$I = (w.cells ->> %1$L)%4$s)$query$,
      v_field.name, v_field.reference, v_field.key, case v_field.key when 'id' then '::uuid' else '' end);
    if v_field.key = 'codigo_dane' then
      update pg_temp.market_rows w
      set cells = w.cells || jsonb_build_object(v_field.name, m.id)
      from marketplace.municipios m
      where m.codigo_dane = w.cells ->> v_field.name;
    end if;
  end loop;
end
$$;
comment on function marketplace.find_references(text) is 'Finds ids and codes of an import of what is not there, and puts the id of a municipality in place of its code.';
