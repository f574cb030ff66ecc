create or replace function marketplace.require_request(p_found boolean, p_request uuid, p_state text)
returns void
language plpgsql immutable parallel safe
as $$
begin
  if not p_found then
    raise exception using errcode = 'QH409', message = format('there is no request %s that is %s', coalesce(p_request::text, 'null'), p_state),
      hint = 'Send the events of a request in the order in which they happened.';
  end if;
end
$$;
comment on function marketplace.require_request(boolean, uuid, text) is 'Refuses an event about a request that is not there or not in the state that the event needs.';
