create or replace function platform.audit_problems()
returns table (seq bigint, problem text)
language sql stable parallel safe
as $$
  select c.seq,
    case
      when c.seq <> c.previous_seq + 1 then pg_catalog.format('rows are missing between %s and %s', c.previous_seq, c.seq)
      when c.row_previous_hash is distinct from c.chain_hash then 'it does not follow from the row before it'
      else 'its content is not what was written'
    end
  from (
    select l.seq, l.hash, l.previous_hash as row_previous_hash, platform.audit_hash(l) as own_hash,
      pg_catalog.lag(l.seq, 1, 0::bigint) over w as previous_seq,
      pg_catalog.lag(l.hash, 1, pg_catalog.decode(pg_catalog.repeat('00', 32), 'hex')) over w as chain_hash
    from platform.audit_log l
    window w as (order by l.seq)
  ) c
  where c.seq <> c.previous_seq + 1 or c.row_previous_hash is distinct from c.chain_hash or c.hash is distinct from c.own_hash
  union all
  select h.seq, pg_catalog.format('the last row is %s, it should be %s', coalesce(l.seq, 0), h.seq)
  from platform.audit_head h
  left join lateral (select a.seq, a.hash from platform.audit_log a order by a.seq desc limit 1) l on true
  where (coalesce(l.seq, 0), coalesce(l.hash, pg_catalog.decode(pg_catalog.repeat('00', 32), 'hex'))) <> (h.seq, h.hash)
  order by 1
$$;
comment on function platform.audit_problems() is 'Rows of the audit that were changed, deleted, inserted or put in another order; none when the chain holds.';
