-- quality: a run is for those who see what it saw; figures of the database are of no service.

select platform.protect('quality.data_runs', $$
  (select platform.sees_all_services()) or service_ids <@ (select platform.visible_services())::int[]$$);

select platform.leave_open('quality.data_results', 'found only through the run that it belongs to, which has its own scope');
select platform.leave_open('quality.settlements', 'found only through the finding that it settles, which has its own scope');

select platform.leave_open(t.name, 'figures of the database, of no service; shown to administrators only')
from unnest('{quality.metric_samples,quality.statement_samples}'::text[]) as t (name);
-- quality: how the database is, of no service; shown to administrators only.

select platform.leave_open(t.name, 'how the database is, of no service; shown to administrators only')
from unnest('{quality.thresholds,quality.snapshots,quality.validation_runs,quality.rule_states,quality.rule_changes,quality.digests}'::text[]) as t (name);
