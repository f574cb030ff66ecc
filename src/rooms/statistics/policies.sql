-- statistics: every other table has a service_id and is narrowed by it without a word here.

-- A batch of several services is taken back as a whole, so it is for those who see them all; nobody narrowed sees one of none.
select platform.protect('statistics.posted_batches', $$
  (select platform.sees_all_services())
  or service_ids <> '{}' and service_ids <@ (select platform.visible_services())::int[]$$,
  p_check => '(select platform.sees_all_services()) or service_ids <@ (select platform.visible_services())::int[]');

-- What agents did is narrowed to one's people and one's services; time for no service in particular to those who see all services. Who
-- stands in for another sees their people on their services and those of the other on the other's, and does not mix them. The most have
-- no pairs: asked once, since a function that is called for each row would cost more than the row.
select platform.protect(t.name, $$
  ((select platform.sees_all_people()) or agent_id = any ((select org.visible_agents())::int[]))
  and ((select platform.sees_all_services()) or service_id = any ((select platform.visible_services())::int[]))
  and ((select org.agent_pairs()) is null or org.is_paired((select org.agent_pairs()), agent_id, service_id))$$)
from unnest('{statistics.agent_activity,statistics.agent_versions,statistics.agent_rollups,statistics.agent_touched_log}'::text[]) as t (name);

select platform.protect('statistics.agents_seen', '(select platform.sees_all_people()) or agent_id = any ((select org.visible_agents())::int[])');

-- A batch is taken back as a whole, so it is for those who see all that is in it.
select platform.protect('statistics.agent_loads', $$
  (select platform.sees_all_services())
  and ((select platform.sees_all_people()) or agent_ids <@ (select org.visible_agents())::int[])
  and ((select org.agent_pairs()) is null or agent_ids <@ (select org.whole_agents())::int[])$$, p_check => 'true');

-- Every writer notes what it changed; who follows reads of agents only when nothing narrows them.
select platform.protect('statistics.change_log', $$
  (select platform.sees_all_services()) and (select platform.sees_all_people())
  or service_id = any ((select platform.visible_services())::int[]) and agent_ids is null$$, p_check => 'true');
select platform.leave_open('statistics.change_origin', 'a mark of the database, of no service');

-- A batch stands for its rows.
select platform.audit_sql_writes('statistics.posted_batches');
select platform.leave_open(t.name, 'which months of everybody are kept, of no service')
from unnest('{statistics.retention_policies,statistics.dropped_months}'::text[]) as t (name);
