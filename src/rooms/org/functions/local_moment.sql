create or replace function org.local_moment(p_local timestamp, p_zone text)
returns timestamptz
language sql stable parallel safe
as $$
  -- PostgreSQL reads a repeated wall-clock time as the later of the two moments; the rule here is the earlier.
  -- Clocks have gone back by half an hour (Lord Howe), an hour and two hours (Troll).
  select case
      when (m.moment - interval '2 hours') at time zone p_zone = p_local then m.moment - interval '2 hours'
      when (m.moment - interval '1 hour') at time zone p_zone = p_local then m.moment - interval '1 hour'
      when (m.moment - interval '30 minutes') at time zone p_zone = p_local then m.moment - interval '30 minutes'
      else m.moment
    end
  from (select p_local at time zone p_zone as moment) m
$$;
comment on function org.local_moment(timestamp, text) is 'The moment of a wall-clock time in a zone; of a repeated time the earlier moment.';
