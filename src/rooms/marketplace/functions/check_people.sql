create or replace function marketplace.check_people()
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  insert into pg_temp.found (place, name, rule, value)
  select w.place, 'email', 'EMAIL_TAKEN', org.masked(w.email, 'email')
  from (
    select r.place, r.email, r.usuario_id, first_value(r.usuario_id) over (partition by r.email order by r.place) as first
    from pg_temp.market_rows r
    where r.email is not null
  ) w
  left join marketplace.usuarios u on u.email = w.email
  where w.first <> w.usuario_id or u.id <> w.usuario_id;
end
$$;
comment on function marketplace.check_people() is 'Finds addresses of clients or advisors of an import that somebody else has.';
