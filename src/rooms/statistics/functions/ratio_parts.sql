create or replace function statistics.ratio_parts(
  p_service_level_variant text,
  p_offered bigint,
  p_handled bigint,
  p_answered_in_threshold bigint,
  p_abandoned_in_5s bigint,
  p_abandoned_in_threshold bigint,
  p_talk_seconds bigint,
  p_outbound_talk_seconds bigint,
  p_hold_seconds bigint
)
returns table (
  level_part bigint,
  level_whole bigint,
  offered_less_short_abandons bigint,
  timed bigint,
  handle_seconds bigint
)
language sql immutable parallel safe
as $$
  -- A source that does not count handled contacts (load files) measures its times per offered contact.
  select
    case p_service_level_variant
      when 'handled_and_abandoned_in_threshold' then p_answered_in_threshold + p_abandoned_in_threshold
      else p_answered_in_threshold
    end as level_part,
    case p_service_level_variant
      when 'offered_without_short_abandons' then p_offered - p_abandoned_in_5s
      when 'handled' then p_handled
      else p_offered
    end as level_whole,
    p_offered - p_abandoned_in_5s as offered_less_short_abandons,
    coalesce(p_handled, p_offered) as timed,
    p_talk_seconds + coalesce(p_outbound_talk_seconds, 0) + coalesce(p_hold_seconds, 0) as handle_seconds
$$;
comment on function statistics.ratio_parts(text, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint) is
  'What the ratios of contacts need of each piece, as its service defines it; adds up like the columns that it is made of.';
