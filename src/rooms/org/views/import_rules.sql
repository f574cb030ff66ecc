create or replace view org.import_rules as
select v.rule, v.severity, v.description, v.message, v.hint
from (
  values
    ('TEXT_TOO_LONG', 'error', 'Employees: a text that is longer than it can be kept.',
      '{column}: the text is longer than {expected} letters.', 'Shorten it.'),
    ('DEPARTMENT_UNKNOWN', 'error', 'Employees: a department that does not exist.',
      'There is no department “{value}”.{expected}', 'Write its code, or its names from the root like Company / Contact centre; make it first if it is new.'),
    ('TEAM_UNKNOWN', 'error', 'Employees: a team that does not exist.',
      'There is no team “{value}”.{expected}', 'Write the code of a department of type team, or its name if it lies in the department of the row.'),
    ('TEAM_ELSEWHERE', 'error', 'Employees: a team that does not lie in the department of the row.',
      'The team “{value}” does not lie in the department {expected}.', 'Correct one of the two, or leave the team out.'),
    ('POSITION_UNKNOWN', 'error', 'Employees: a position that does not exist.',
      'There is no position “{value}”.{expected}', 'Write its code or its name; make it first if it is new.'),
    ('SITE_UNKNOWN', 'error', 'Employees: a site that does not exist.',
      'There is no site “{value}”.{expected}', 'Write its code or its name; make it first if it is new.'),
    ('SUPERVISOR_UNKNOWN', 'error', 'Employees: a supervisor who is nobody, also not in another good row of the file.',
      'No employee has the number “{value}”.', 'Write the personnel number of somebody who is there, or is in a row that is taken.'),
    ('SUPERVISOR_LOOP', 'error', 'Employees: supervisors who report to each other in a circle.',
      'The supervisor {value} reports to this employee, directly or through others.', 'Correct one of the rows of the circle.'),
    ('EMAIL_INVALID', 'error', 'Employees: something that is no e-mail address.',
      '{column}: this is no e-mail address ({value}).', 'For instance anna@example.com. A masked address comes from an export without the right to see it: leave the column out.'),
    ('PHONE_INVALID', 'error', 'Employees: something that is no phone number.',
      '{column}: this is no phone number ({value}).', 'Digits, spaces, brackets and a leading plus. A masked one comes from an export without the right to see it: leave the column out.'),
    ('LEAVE_BEFORE_HIRE', 'error', 'Employees: a last day before the first.',
      'The last day {value} lies before the first, {expected}.', 'Perhaps the two dates were exchanged.'),
    ('HIRE_DATE_CONFLICT', 'error', 'Employees: a hire date that contradicts changes of the employee that are known.',
      'The hire date {value} contradicts the history of this employee (employed since {expected}).', 'Look at the history of the employee.'),
    ('AGENT_CODE_TAKEN', 'error', 'Employees: an agent code that another employee has.',
      'The agent code “{value}” belongs to employee {expected}.', 'Take it from them first, or in the same file.'),
    ('AGENT_CODE_TWICE', 'error', 'Employees: an agent code that stands in two rows.',
      'The agent code “{value}” stands also in row {other_row}.', 'An agent is one employee: remove it from one of the two.'),
    ('PERSON_ERASED', 'error', 'Employees: somebody who was erased, known again by a keyed hash of their number or address.',
      '{column}: who had this was erased, and is not brought back by a file.', 'Leave the row out. If it is somebody else, who has the number or address now, make them by hand.'),
    ('CUSTOM_INVALID', 'error', 'Employees: a value that a custom field cannot have.',
      '{column}: “{value}” is not possible; it {expected}.', 'Correct the cell.')
) as v (rule, severity, description, message, hint);
comment on view org.import_rules is 'What a row of an import of employees is judged by, for the import''s own list of rules.';
