create or replace function statistics.quality_score(p_service_level_pct double precision, p_abandonment_pct double precision)
returns double precision
language sql immutable parallel safe
return case when p_service_level_pct is not null and p_abandonment_pct is not null then greatest(0, p_service_level_pct - p_abandonment_pct) end;

comment on function statistics.quality_score(double precision, double precision) is 'Quality, 0–100: the service level less the abandonment rate, both in per cent; not below 0.';
