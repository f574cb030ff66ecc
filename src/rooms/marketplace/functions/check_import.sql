create or replace function marketplace.check_import(p_kind text)
returns bigint
language plpgsql volatile parallel unsafe
as $$
declare
  v_equal bigint;
begin
  perform marketplace.find_references(p_kind);
  drop table if exists pg_temp.rejected_places;
  create temp table rejected_places on commit drop as
  select distinct f.place from pg_temp.found f where f.place is not null;
  analyze pg_temp.rejected_places;
  perform marketplace.make_targets(p_kind);
  v_equal := marketplace.find_repeats(p_kind);
  -- Who is kept out for another reason is told that one alone.
  insert into pg_temp.found (place, name, rule)
  select h.place, h.name, 'PERSON_WITHHELD' from pg_temp.market_withheld h where not exists (select from pg_temp.rejected_places p where p.place = h.place);
  return v_equal;
end
$$;
comment on function marketplace.check_import(text) is 'What the checks of all kinds of import of this room have in common, behind their own; all that they find are errors until then.';
