create or replace function marketplace.read_import(p_kind text)
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  drop table if exists pg_temp.market_rows, pg_temp.market_cells, pg_temp.market_targets, pg_temp.market_kind;
  create temp table market_kind on commit drop as select p_kind as kind;
  create temp table market_cells on commit drop as
  select (r.sheet::int << 21) | r.row_number as place, f.name, f.type, f.low, f.high, f.choices, c.value as text,
    marketplace.cell_value(f.type, c.value, f.choices) as value
  from pg_temp.staged_rows r
  cross join lateral jsonb_each_text(to_jsonb(r)) c
  join marketplace.import_fields f on f.kind = p_kind and f.name = c.key
  where c.value is not null;
  insert into pg_temp.found (place, name, rule, value, expected)
  select c.place, c.name, v.rule, case when c.type in ('email', 'phone') then org.masked(c.text, c.type) else c.text end, v.expected
  from pg_temp.market_cells c
  cross join lateral (
    values
      ('ID_INVALID', case c.type when 'id' then 'an id (UUID)' else 'a code of five digits' end, c.type in ('id', 'dane') and c.value is null),
      ('MOMENT_INVALID', null, c.type = 'moment' and c.value is null),
      ('CHOICE_UNKNOWN', coalesce(array_to_string(c.choices, ', '), 'sí, no'), c.type in ('choice', 'yes_no') and c.value is null),
      ('EMAIL_INVALID', null, c.type = 'email' and c.value is null),
      ('PHONE_INVALID', null, c.type = 'phone' and c.value is null),
      ('NUMBER_OUT_OF_RANGE', c.low || ' – ' || c.high, c.type = 'number' and c.value::numeric not between c.low and c.high),
      ('TEXT_TOO_LONG', c.high::text, c.type in ('text', 'email') and length(c.value) > c.high)
  ) as v (rule, expected, is_broken)
  where v.is_broken;
  create temp table market_rows on commit drop as
  select (r.sheet::int << 21) | r.row_number as place, coalesce(g.cells, '{}') as cells
  from pg_temp.staged_rows r
  left join (select c.place, jsonb_object_agg(c.name, c.value) as cells from pg_temp.market_cells c group by c.place) g
    on g.place = (r.sheet::int << 21) | r.row_number;
  create index on pg_temp.market_rows (place);
  analyze pg_temp.market_rows;
  drop table pg_temp.market_cells;
end
$$;
comment on function marketplace.read_import(text) is 'Takes the staged rows of an import into pg_temp.market_rows, each cell in the form in which it is kept; what cannot be is a finding.';
