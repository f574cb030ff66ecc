create or replace function org.create_demo_person(
  p_number int,
  p_department_id int,
  p_position_id int,
  p_supervisor_id int,
  p_hire_date date,
  p_agent_code text
)
returns int
language plpgsql volatile parallel unsafe
as $$
declare
  v_last constant text[] := '{Иванов,Петрова,Сидоров,Кузнецова,Смирнов,Попова,Васильев,Соколова,Михайлов,Новикова,Фёдоров,Морозова,Rojas,Gómez,Díaz,Torres}';
  v_first constant text[] := '{Андрей,Анна,Павел,Ольга,Дмитрий,Елена,Сергей,Мария,Илья,Татьяна}';
  v_first_spanish constant text[] := '{Ana,Luis,Marta,Jorge,Inés}';
  v_is_spanish constant boolean := p_number % 16 between 12 and 15;
  v_id int;
begin
  v_id := org.create_employee('DEMO-' || lpad(p_number::text, 3, '0'), v_last[1 + p_number % 16],
    case when v_is_spanish then v_first_spanish[1 + p_number % 5] else v_first[1 + (p_number * 2 + p_number % 2) % 10] end,
    p_hire_date, p_department_id, p_position_id, null, p_supervisor_id);
  update org.employees e
  set email = 'demo-' || p_number || '@example.com', phone = '+7 900 000-' || lpad(p_number::text, 2, '0') || '-00'
  where e.employee_id = v_id;
  perform org.link_agent(v_id, p_agent_code);
  return v_id;
end
$$;
comment on function org.create_demo_person(int, int, int, int, date, text) is 'Makes one employee of the demo; the number decides the name.';
