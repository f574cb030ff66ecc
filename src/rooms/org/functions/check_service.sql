create or replace function org.check_service(
  p_service_id int,
  p_service_code text,
  p_service_level_threshold_seconds int,
  p_service_level_variant text,
  p_kind_precedence text[],
  p_target_service_level_pct numeric,
  p_target_abandonment_pct numeric,
  p_max_wait_seconds int
)
returns void
language plpgsql stable parallel safe
as $$
declare
  v_errors jsonb;
begin
  if exists (select from org.services s where s.service_code = p_service_code and s.service_id <> p_service_id) then
    raise exception using errcode = 'QH409',
      message = format('there is already a service %L', p_service_code),
      hint = 'Choose another code, or change the service that has it.';
  end if;
  select jsonb_agg(jsonb_build_object('path', c.path, 'rule', c.rule, 'value', c.value, 'hint', c.hint)) into v_errors
  from (values
    ('service_code', 'has 1 to 100 characters and no space at either end', to_jsonb(p_service_code), null,
      p_service_code <> btrim(p_service_code) or length(p_service_code) not between 1 and 100),
    ('service_level_threshold_seconds', 'is 1 to 3600 seconds', to_jsonb(p_service_level_threshold_seconds), null,
      p_service_level_threshold_seconds not between 1 and 3600),
    ('service_level_variant', 'is one of the four named variants', to_jsonb(p_service_level_variant),
      'offered, offered_without_short_abandons, handled, handled_and_abandoned_in_threshold',
      p_service_level_variant not in
        ('offered', 'offered_without_short_abandons', 'handled', 'handled_and_abandoned_in_threshold')),
    ('kind_precedence', 'names each kind of source once', to_jsonb(p_kind_precedence), 'report, live, api, load in your order',
      not (p_kind_precedence @> '{report,live,api,load}' and cardinality(p_kind_precedence) = 4)),
    ('target_service_level_pct', 'is 0 to 100', to_jsonb(p_target_service_level_pct), null,
      p_target_service_level_pct not between 0 and 100),
    ('target_abandonment_pct', 'is 0 to 100', to_jsonb(p_target_abandonment_pct), null,
      p_target_abandonment_pct not between 0 and 100),
    ('max_wait_seconds', 'is more than 0', to_jsonb(p_max_wait_seconds), null, p_max_wait_seconds <= 0)
  ) as c (path, rule, value, hint, is_broken)
  where c.is_broken;
  if v_errors is not null then
    raise exception using errcode = 'QH400',
      message = format('%s %s', v_errors -> 0 ->> 'path', v_errors -> 0 ->> 'rule'),
      detail = v_errors::text;
  end if;
end
$$;
comment on function org.check_service(int, text, int, text, text[], numeric, numeric, int) is 'Raises QH400 with every setting that cannot be, or QH409 when another service has the code; nulls are not checked.';
