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
  select w.place, 'email', 'EMAIL_TAKEN', org.masked(w.email, 'email')
  from (
    select r.place, r.cells ->> 'email' as email, r.cells ->> 'usuario_id' as id,
      first_value(r.cells ->> 'usuario_id') over (partition by r.cells ->> 'email' order by r.place) as first
    from pg_temp.market_rows r
    where r.cells ->> 'email' is not null
  ) w
  left join marketplace.usuarios u on u.email = w.email
  where w.first <> w.id or u.id::text <> w.id;
end
$$;
comment on function marketplace.check_people(text) is 'Finds the users behind the clients or advisors of an import, and addresses that two have.';
