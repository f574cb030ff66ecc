create or replace function quality.sequence_fix(p_sequence regclass)
returns text
language sql
stable
parallel safe
as $$
  select concat_ws('; ',
    (select format('alter table %s alter column %I type bigint', d.refobjid::regclass, a.attname)
      from pg_catalog.pg_depend d
      join pg_catalog.pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
      where d.classid = 'pg_class'::regclass and d.objid = p_sequence and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')
        and a.atttypid <> 'bigint'::regtype
      limit 1),
    format('alter sequence %s as bigint', p_sequence))
$$;
comment on function quality.sequence_fix(regclass) is 'The statements that give a sequence, and the column that takes its numbers, room for good.';
