create or replace function ingest.row_rules(p_kind text)
returns table (rule text, name text, broken text, expected text)
language sql immutable parallel safe
as $$
  -- Predicates over a staged row r; $1 is the length of the interval in minutes.
  select v.rule, v.name, v.broken, v.expected
  from (
    values
      ('argus_report', 'HC_GT_CDO', 'handled', 'r.handled > r.offered', 'r.offered'),
      ('argus_report', 'HC_SL_GT_HC', 'answered_in_threshold', 'r.answered_in_threshold > r.handled', 'r.handled'),
      ('argus_report', 'AC5_GT_AC', 'abandoned_in_5s', 'r.abandoned_in_5s > r.abandoned', 'r.abandoned'),
      ('argus_report', 'HC_AC_NE_CDO', 'offered', 'r.handled + r.abandoned <> r.offered', 'r.handled + r.abandoned'),
      ('argus_report', 'CALLS_HIGH', 'offered', 'r.offered > 1000 * $1 / 15', '1000 * $1 / 15'),
      ('argus_report', 'AHT_HIGH', 'reported_aht_with_wrap_seconds',
        'r.talk_seconds + r.outbound_talk_seconds + r.hold_seconds + r.wrap_seconds > 3600 * r.handled and r.handled > 0',
        '(r.talk_seconds + r.outbound_talk_seconds + r.hold_seconds + r.wrap_seconds) / nullif(r.handled, 0)'),
      ('argus_report', 'REPORTED_DIFFERS', 'reported_handle_seconds',
        'r.talk_seconds + r.outbound_talk_seconds + r.hold_seconds <> r.reported_handle_seconds',
        'r.talk_seconds + r.outbound_talk_seconds + r.hold_seconds'),
      ('argus_report', 'REPORTED_DIFFERS', 'reported_handle_and_wrap_seconds',
        'r.talk_seconds + r.outbound_talk_seconds + r.hold_seconds + r.wrap_seconds <> r.reported_handle_and_wrap_seconds',
        'r.talk_seconds + r.outbound_talk_seconds + r.hold_seconds + r.wrap_seconds'),
      ('argus_load', 'NON_UNIQUE_LT_UNIQUE', 'offered', 'r.offered < r.unique_offered', 'r.unique_offered'),
      -- Sums of seconds must stay far from the end of a bigint, for years and all sources together.
      ('argus_load', 'NUMBER_TOO_LARGE', 'talk_avg_seconds', 'r.talk_avg_seconds > 1000000000000 / greatest(r.offered, 1)', null),
      ('argus_load', 'NUMBER_TOO_LARGE', 'wrap_avg_seconds', 'r.wrap_avg_seconds > 1000000000000 / greatest(r.offered, 1)', null),
      ('argus_load', 'CALLS_HIGH', 'offered', 'r.offered > 1000 * $1 / 15', '1000 * $1 / 15'),
      ('argus_load', 'AHT_HIGH', 'talk_avg_seconds', 'r.talk_avg_seconds + r.wrap_avg_seconds > 3600', 'r.talk_avg_seconds + r.wrap_avg_seconds')
  ) as v (kind, rule, name, broken, expected)
  where v.kind = p_kind
$$;
comment on function ingest.row_rules(text) is 'The rules of a kind of file that compare the cells of one row, as SQL over a staged row r.';
