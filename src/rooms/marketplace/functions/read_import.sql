create or replace function marketplace.read_import(p_kind text)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_parsed text;
  v_quick text;
  v_kept text;
  v_odd text;
  v_tests text;
begin
  drop table if exists pg_temp.market_rows, pg_temp.market_kind, pg_temp.market_withheld;
  create temp table market_kind on commit drop as select p_kind as kind;
  create temp table market_withheld (place int primary key, name text not null) on commit drop;
  select
    string_agg(format('%s as %I', case when a.attname is null then 'null::' || marketplace.cell_type(f.type)
      else marketplace.cell_parser(f.type, f.name, f.choices, true) end, f.name), ', '),
    string_agg(format('%s as %I', case when a.attname is null then 'null::' || marketplace.cell_type(f.type)
      else marketplace.cell_parser(f.type, f.name, f.choices, false) end, f.name), ', '),
    string_agg(format('%s as %I', coalesce(f.derived, format('p.%I', f.name)), f.name), ', '),
    string_agg(t.test, ' or ') filter (where a.attname is not null),
    string_agg(format('(%L, %L, %s, %L, %s)', f.name, t.rule, case
      when f.type in ('email', 'phone') then
        format('org.masked(r.%I, %L)', f.name, f.type)
      -- A name that is too long is still somebody's name.
      when 'usuarios.' || f.name = any (f.targets) then 'null::text'
      else format('r.%I::text', f.name) end, t.expected, t.test), ', ') filter (where a.attname is not null)
  into v_parsed, v_quick, v_kept, v_odd, v_tests
  from marketplace.import_fields f
  left join pg_attribute a on a.attrelid = 'pg_temp.staged_rows'::regclass and a.attname = f.name
  cross join lateral (
    select '(' || marketplace.cell_test(f.type, f.name, f.low, f.high) || ')' as test,
      case f.type when 'id' then 'ID_INVALID' when 'dane' then 'ID_INVALID' when 'moment' then 'MOMENT_INVALID' when 'email' then 'EMAIL_INVALID'
        when 'phone' then 'PHONE_INVALID' when 'number' then 'NUMBER_OUT_OF_RANGE' when 'text' then 'TEXT_TOO_LONG' when 'object' then 'OBJECT_INVALID'
        else 'CHOICE_UNKNOWN' end as rule,
      case f.type when 'id' then 'an id (UUID)' when 'dane' then 'a code of five digits' when 'choice' then array_to_string(f.choices, ', ')
        when 'yes_no' then 'sí, no' when 'number' then f.low || ' – ' || f.high when 'text' then f.high::text end as expected
  ) t
  where f.kind = p_kind;
  begin
    perform marketplace.make_rows(v_kept, v_odd, v_quick);
  exception when data_exception then
    perform marketplace.make_rows(v_kept, v_odd, v_parsed);
  end;
  analyze pg_temp.market_rows;
  -- Only rows in which something is odd are taken through each test.
  execute format(
    $query$insert into pg_temp.found (place, name, rule, value, expected)
      select m.place, v.name, v.rule, v.value, v.expected
      from pg_temp.market_rows m
      join pg_temp.staged_rows r on (r.sheet::int << 21) | r.row_number = m.place
      cross join lateral (select %s offset 0) p
      cross join lateral (values %s) as v (name, rule, value, expected, is_broken)
      where m.is_odd and v.is_broken$query$, v_parsed, v_tests);
  alter table pg_temp.market_rows drop column is_odd;
  perform marketplace.withhold_erased(p_kind);
end
$$;
comment on function marketplace.read_import(text) is 'Takes the staged rows of an import into pg_temp.market_rows, each cell typed in the form in which it is kept; what cannot be is a finding.';
