create or replace function marketplace.lock_refresh(p_wait boolean)
returns boolean
language plpgsql volatile parallel unsafe
as $$
begin
  if p_wait then
    perform pg_advisory_xact_lock(hashtextextended('marketplace.refresh', 0));
    return true;
  end if;
  return pg_try_advisory_xact_lock(hashtextextended('marketplace.refresh', 0));
end
$$;
comment on function marketplace.lock_refresh(boolean) is 'Takes the lock of the refresh until the transaction ends: one refresh at a time, over all nodes. Without waiting it says whether it got it.';
