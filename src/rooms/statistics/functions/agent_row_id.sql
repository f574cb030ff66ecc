create or replace function statistics.agent_row_id(p_agent_id int, p_start_time timestamptz, p_service_id int, p_group_id int)
returns bigint
language sql immutable parallel safe
-- Agent, quarter since 2000, and the queue or else the service.
return (p_agent_id::bigint * 4194304 + (extract(epoch from p_start_time - '2000-01-01 00:00:00+00'::timestamptz) / 900)::bigint) * 524288
  + case when p_group_id > 0 then p_group_id * 2 + 1 else p_service_id * 2 end;

comment on function statistics.agent_row_id(int, timestamptz, int, int) is 'The id under which api.agent_activity shows a row; stable and unique without a counter.';
