create or replace function statistics.efficiency_score(p_handled_pct double precision, p_service_level_pct double precision)
returns double precision
language sql immutable parallel safe
return 0.6::double precision * p_handled_pct + 0.4::double precision * p_service_level_pct;

comment on function statistics.efficiency_score(double precision, double precision) is 'Efficiency, 0–100: 100 × (0.6 × treated / received + 0.4 × service level), from two per cents.';
