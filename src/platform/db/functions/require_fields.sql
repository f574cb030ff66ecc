create or replace function platform.require_fields(p_fields text[], p_known text[])
returns void
language plpgsql immutable parallel safe security invoker
as $$
declare
  v_unknown text[] := array(select f.name from unnest(p_fields) as f (name) where f.name is null or f.name <> all (p_known));
begin
  if cardinality(v_unknown) > 0 then
    raise exception using errcode = 'QH400',
      message = format('fields: the entries have no %s', array_to_string(v_unknown, ', ', 'null')),
      hint = format('One of: %s', array_to_string(p_known, ', '));
  end if;
end
$$;
comment on function platform.require_fields(text[], text[]) is 'Refuses fields that are not among those known, and names these.';
