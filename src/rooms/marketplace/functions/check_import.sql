create or replace function marketplace.check_import(p_kind text)
returns bigint
language plpgsql volatile parallel unsafe
as $$
begin
  perform marketplace.find_references(p_kind);
  drop table if exists pg_temp.rejected_places;
  create temp table rejected_places on commit drop as
  select distinct f.place from pg_temp.found f where f.place is not null;
  analyze pg_temp.rejected_places;
  perform marketplace.make_targets(p_kind);
  return marketplace.find_repeats(p_kind);
end
$$;
comment on function marketplace.check_import(text) is 'What the checks of all kinds of import of this room have in common, behind their own; all that they find are errors until then.';
