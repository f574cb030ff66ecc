create or replace function marketplace.check_people(p_id text)
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  -- Somebody new is a user of the same id, as when an event registers them.
  update pg_temp.market_rows w
  set cells = w.cells || jsonb_build_object('usuario_id', coalesce(
    case p_id
      when 'cliente_id' then (select c.usuario_id from marketplace.clientes c where c.id = (w.cells ->> p_id)::uuid)
      else (select a.usuario_id from marketplace.asesores a where a.id = (w.cells ->> p_id)::uuid)
    end::text, w.cells ->> p_id));
  insert into pg_temp.found (place, name, rule, value)
  select w.place, 'email', 'EMAIL_TAKEN', org.masked(w.cells ->> 'email', 'email')
  from pg_temp.market_rows w
  where exists (select from marketplace.usuarios u where u.email = w.cells ->> 'email' and u.id::text <> w.cells ->> 'usuario_id')
    or exists (select from pg_temp.market_rows o
      where o.cells ->> 'email' = w.cells ->> 'email' and o.cells ->> 'usuario_id' <> w.cells ->> 'usuario_id' and o.place < w.place);
end
$$;
comment on function marketplace.check_people(text) is 'Finds the users behind the clients or advisors of an import, and addresses that two have.';
