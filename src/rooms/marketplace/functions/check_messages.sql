create or replace function marketplace.check_messages(p_is_whole boolean)
returns bigint
language plpgsql volatile parallel unsafe
as $$
begin
  perform marketplace.read_import('messages');
  insert into pg_temp.found (place, name, rule, value, expected)
  select w.place, 'fecha_leida', 'ROW_CONTRADICTS', marketplace.moment_text(w.fecha_leida), v.expected
  from pg_temp.market_rows w
  cross join lateral (
    values ('leida = false', not w.leida and w.fecha_leida is not null),
      ('created_at = ' || marketplace.moment_text(w.created_at), w.fecha_leida < w.created_at)
  ) as v (expected, is_broken)
  where v.is_broken;
  return marketplace.check_import('messages');
end
$$;
comment on function marketplace.check_messages(boolean) is 'Finds what keeps rows of an import of messages out, and returns how many rows repeat another one.';
