create or replace function platform.protect_partition(p_table regclass, p_parent regclass)
returns void
language sql volatile parallel unsafe
as $$
  select platform.apply_policy(p_table, s) from platform.row_scopes s where s.table_name = p_parent::text and s.using_rule is not null
$$;
comment on function platform.protect_partition(regclass, regclass) is 'Gives a partition the row policy of its table, for whoever names it directly.';
