create or replace function api.end_deputy(p_deputy_id int, p_end_date date default null)
returns setof org.deputy_rows
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_old org.department_deputies;
  v_end date := coalesce(p_end_date, org.today());
begin
  select f.* into v_old from org.department_deputies f where f.deputy_id = p_deputy_id for update;
  if not found then
    raise exception using errcode = 'QH404', message = format('there is no deputy with id %s', p_deputy_id),
      hint = 'List them with: qh org deputies';
  end if;
  if v_old.cancelled_at is not null or v_end > v_old.end_date then
    raise exception using errcode = 'QH409', message = format('the deputyship ends on %s already', v_old.end_date),
      hint = 'It can be ended earlier, not later; add another one for a longer time.';
  end if;
  update org.department_deputies f
  set end_date = greatest(v_end, f.start_date), cancelled_at = case when v_end < f.start_date then platform.now() end
  where f.deputy_id = p_deputy_id;
  return query select r.* from org.deputy_rows r where r.deputy_id = p_deputy_id;
end
$$;
comment on function api.end_deputy(int, date) is 'Ends a deputyship earlier, with its last day (default today); before its first day it is called off. Answers the deputy.';
