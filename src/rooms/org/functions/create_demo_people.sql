create or replace function org.create_demo_people()
returns int
language plpgsql volatile parallel unsafe
as $$
declare
  v_today date := org.today();
  v_root int;
  v_region record;
  v_team record;
  v_parent int;
  v_lead int;
  v_id int;
  v_number int := 0;
begin
  if exists (select from org.departments) then
    return 0;
  end if;
  insert into org.sites (site_code, site_name, city, country, time_zone, capacity_seats, is_24x7, created_at, updated_at)
  values ('DEMO-EKB', 'Екатеринбург (demo)', 'Екатеринбург', 'Россия', 'Asia/Yekaterinburg', 40, true, platform.now(), platform.now()),
    ('DEMO-MSK', 'Москва (demo)', 'Москва', 'Россия', 'Europe/Moscow', 20, false, platform.now(), platform.now()),
    ('DEMO-BOG', 'Bogotá (demo)', 'Bogotá', 'Colombia', 'America/Bogota', 16, false, platform.now(), platform.now());
  insert into org.positions (position_code, position_name, position_name_en, position_category, created_at, updated_at)
  values ('DEMO-OPERATOR', 'Оператор', 'Operator', 'operator', platform.now(), platform.now()),
    ('DEMO-SENIOR', 'Старший оператор', 'Senior operator', 'operator', platform.now(), platform.now()),
    ('DEMO-LEAD', 'Руководитель группы', 'Team lead', 'manager', platform.now(), platform.now()),
    ('DEMO-HEAD', 'Начальник отдела', 'Head of department', 'manager', platform.now(), platform.now());
  v_root := org.create_department('DEMO', 'Company (demo)', 'company');
  for v_region in
    select v.*, s.site_id, p.position_id as head_id
    from (values ('DEMO-VTM', 'ВТМ', 'DEMO-EKB', '{Продажи,Поддержка,Техническая}'::text[]), ('DEMO-BUSINESS', 'Бизнес 24', 'DEMO-MSK', '{Линия 1,Линия 2}'),
      ('DEMO-SOPORTE', 'Soporte', 'DEMO-BOG', '{Línea 1}')) as v (code, name, site, teams)
    join org.sites s on s.site_code = v.site
    join org.positions p on p.position_code = 'DEMO-HEAD'
  loop
    v_parent := org.create_department(v_region.code, v_region.name, 'department', v_root);
    v_number := v_number + 1;
    v_lead := org.create_demo_person(v_number, v_parent, v_region.head_id, null, v_today - 1500, null);
    update org.departments d set manager_id = v_lead, site_id = v_region.site_id where d.department_id = v_parent;
    for v_team in select t.name, t.at from unnest(v_region.teams) with ordinality as t (name, at) loop
      v_id := org.create_department(v_region.code || '-' || v_team.at, v_team.name, 'team', v_parent);
      v_number := v_number + 1;
      v_lead := org.create_demo_person(v_number, v_id, (select p.position_id from org.positions p where p.position_code = 'DEMO-LEAD'), null,
        v_today - 1000, 'D-' || v_number);
      update org.departments d set manager_id = v_lead, site_id = v_region.site_id where d.department_id = v_id;
      perform org.create_demo_person(v_number + n, v_id, p.position_id, null, v_today - 30 * (n + 3), 'D-' || (v_number + n))
      from generate_series(1, 9) n
      join org.positions p on p.position_code = case when n % 4 = 0 then 'DEMO-SENIOR' else 'DEMO-OPERATOR' end;
      v_number := v_number + 9;
      -- The senior of the team stands in for the head this week, and somebody moved here a month ago.
      if v_team.at = 1 then
        insert into org.department_deputies (department_id, deputy_employee_id, start_date, end_date, reason, created_by, created_at)
        values (v_parent, v_lead, v_today - 2, v_today + 12, 'demo', 'demo', platform.now());
        perform org.write_placement((select max(h.employee_id) from org.employee_org_history h where h.department_id = v_id), v_today - 30,
          jsonb_build_object('supervisor_id', v_lead), 'move', 'demo');
      end if;
    end loop;
  end loop;
  return v_number;
end
$$;
comment on function org.create_demo_people() is 'Makes the organisation of the demo where there is none, and returns how many people it has.';
