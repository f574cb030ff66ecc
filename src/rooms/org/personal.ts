/** Which columns of this room hold what is personal, and of what kind; they are masked, and erased with the person. */
export const personalColumns = [
  { schema: 'org', table: 'employees', column: 'last_name', kind: 'name' },
  { schema: 'org', table: 'employees', column: 'first_name', kind: 'name' },
  { schema: 'org', table: 'employees', column: 'middle_name', kind: 'name' },
  { schema: 'org', table: 'employees', column: 'email', kind: 'email' },
  { schema: 'org', table: 'employees', column: 'phone', kind: 'phone' },
  { schema: 'org', table: 'agents', column: 'agent_name', kind: 'name' },
  // Fields of a person by name; the journal of imports holds names, addresses and phones too.
  { schema: 'org', table: 'employees', column: 'custom', kind: 'other' },
  // Why somebody left or moved may say what they would not.
  { schema: 'org', table: 'employees', column: 'leave_reason', kind: 'other' },
  { schema: 'org', table: 'employee_org_history', column: 'change_reason', kind: 'other' },
  { schema: 'org', table: 'employee_loads', column: 'given', kind: 'other' },
  { schema: 'org', table: 'employee_loads', column: 'before', kind: 'other' },
] as const;
