create or replace function org.check_employees(p_is_whole boolean)
returns bigint
language plpgsql volatile parallel unsafe
as $$
declare
  v_equal bigint;
begin
  perform org.read_employee_rows();
  perform org.resolve_employee_rows();
  perform org.check_employee_cells();
  v_equal := org.find_employee_repeats();
  perform org.check_agent_codes();
  perform org.check_supervisors(p_is_whole);
  return v_equal;
end
$$;
comment on function org.check_employees(boolean) is 'Finds what keeps rows of an import of employees out, and returns how many rows repeat another one; of a part of a file it does not ask for supervisors who may be in the rest.';
