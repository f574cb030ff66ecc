create or replace function ingest.json_keys(p_is_free boolean)
returns table (key text, name text)
language sql immutable parallel safe
as $$
  select v.key, v.name
  from (
    values
      ('a', 'period', false), ('start time', 'period', false), ('start_time', 'period', false), ('period', 'period', false),
      ('b', 'unique_offered', false), ('unique incoming', 'unique_offered', false), ('unique_incoming', 'unique_offered', false),
      ('unique_offered', 'unique_offered', false),
      ('c', 'offered', false), ('non-unique incoming', 'offered', false), ('non_unique_incoming', 'offered', false), ('offered', 'offered', false),
      ('d', 'talk_avg_seconds', false), ('average talk time', 'talk_avg_seconds', false), ('avg_talk_time_seconds', 'talk_avg_seconds', false),
      ('talk_avg_seconds', 'talk_avg_seconds', false),
      ('e', 'wrap_avg_seconds', false), ('post-processing', 'wrap_avg_seconds', false), ('post-processing time', 'wrap_avg_seconds', false),
      ('post_processing_seconds', 'wrap_avg_seconds', false), ('wrap_avg_seconds', 'wrap_avg_seconds', false),
      ('timestamp', 'period', true), ('interval_start_time', 'period', true), ('date', 'period', true),
      ('calls', 'offered', true), ('received_calls', 'offered', true), ('unique_calls', 'unique_offered', true),
      ('talk_time', 'talk_avg_seconds', true), ('post_time', 'wrap_avg_seconds', true), ('post_processing', 'wrap_avg_seconds', true)
  ) as v (key, name, is_free)
  where p_is_free or not v.is_free
$$;
comment on function ingest.json_keys(boolean) is 'What the values of a JSON row may be called, in lower case; with true also by the words of a spreadsheet of one''s own.';
