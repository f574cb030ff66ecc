create or replace function marketplace.find_gone(p_kind text)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_target record;
begin
  drop table if exists pg_temp.market_gone;
  create temp table market_gone (place int, ordinal int, id uuid) on commit drop;
  for v_target in select t.ordinal, t.table_name, t.needs, (
      select string_agg(format('x.%I = %s', c.name, c.value), ' and ') from marketplace.target_columns(p_kind, t.ordinal) c where c.name = any (t.gone_by)
    ) as condition
    from marketplace.import_targets t
    where t.kind = p_kind and t.gone_by is not null
  loop
    -- What goes to another row of the file is moved there and does not go.
    execute format(
      $query$insert into pg_temp.market_gone (place, ordinal, id)
        select w.place, %1$s, x.id
        from pg_temp.market_rows w
        join marketplace.%2$I x on %3$s
        where w.%4$I is null and not exists (select from pg_temp.rejected_places p where p.place = w.place)
          and not exists (select from pg_temp.market_target_%1$s t where t.id = x.id)$query$,
      v_target.ordinal, v_target.table_name, v_target.condition, v_target.needs);
  end loop;
end
$$;
comment on function marketplace.find_gone(text) is 'Finds what rows of an import take back: an award where the line of the offer is there again without a score; pg_temp.market_gone.';
