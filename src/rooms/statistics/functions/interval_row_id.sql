create or replace function statistics.interval_row_id(p_source_id int, p_start_time timestamptz)
returns bigint
language sql immutable parallel safe
return p_source_id::bigint * 4294967296 + (extract(epoch from p_start_time) / 60)::bigint;

comment on function statistics.interval_row_id(int, timestamptz) is 'The id under which api.contact_statistics shows a row; stable and unique without a counter.';
