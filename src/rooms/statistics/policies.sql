-- statistics: every other table has a service_id and is narrowed by it without a word here.

-- A batch of several services is taken back as a whole, so it is for those who see them all; nobody narrowed sees one of none.
select platform.protect('statistics.posted_batches', $$
  (select platform.sees_all_services())
  or service_ids <> '{}' and service_ids <@ (select platform.visible_services())::int[]$$,
  p_check => '(select platform.sees_all_services()) or service_ids <@ (select platform.visible_services())::int[]');
