create or replace function ingest.ratio_rules(p_kind text)
returns table (name text, numerator text, denominator text)
language sql immutable parallel safe
as $$
  select v.name, v.numerator, v.denominator
  from (
    values
      ('argus_report', 'reported_handled_pct', '100 * r.handled', 'r.offered'),
      ('argus_report', 'reported_handled_less_short_abandons_pct', '100 * r.handled', '(r.offered - r.abandoned_in_5s)'),
      ('argus_report', 'reported_service_level_pct', '100 * r.answered_in_threshold', 'r.offered'),
      ('argus_report', 'reported_service_level_of_handled_pct', '100 * r.answered_in_threshold', 'r.handled'),
      ('argus_report', 'reported_abandonment_pct', '100 * r.abandoned', 'r.offered'),
      ('argus_report', 'reported_aht_seconds', '(r.talk_seconds + r.outbound_talk_seconds + r.hold_seconds)', 'r.handled'),
      ('argus_report', 'reported_aht_with_wrap_seconds',
        '(r.talk_seconds + r.outbound_talk_seconds + r.hold_seconds + r.wrap_seconds)', 'r.handled'),
      ('argus_report', 'reported_wait_handled_avg_seconds', 'r.wait_handled_seconds', 'r.handled'),
      ('argus_report', 'reported_wait_abandoned_avg_seconds', 'r.wait_abandoned_seconds', 'r.abandoned')
  ) as v (kind, name, numerator, denominator)
  where v.kind = p_kind
$$;
comment on function ingest.ratio_rules(text) is 'The ratios that a kind of file prints, with the parts that they are recomputed from.';
