create or replace view statistics.import_rules as
select v.rule, v.severity, v.description, v.message, v.hint
from (
  values
    ('AGENT_STATES_GT_LOGIN', 'error', 'Agent activity: the states of an agent take longer than the agent was signed in.',
      '{column} is {value} s, but the states together take {expected} s.', 'Every state lies within the login: one of the times is wrong in the source.'),
    ('AGENT_LOGIN_GT_INTERVAL', 'error', 'Agent activity: more time than a quarter of an hour has.',
      '{column} is {value} s, but a quarter of an hour has {expected} s.', 'Export the activity in steps of 15 minutes, times in seconds.'),
    ('AGENT_QUARTER_OVERFULL', 'error', 'Agent activity: the rows of one agent and quarter, with those stored for other queues, add up to more than 15 minutes.',
      'The agent would be signed in for {value} s of a quarter that has {expected} s.',
      'The time of a quarter is divided among the agent''s services and queues; it does not count once for each.'),
    ('SERVICE_UNKNOWN', 'error', 'Agent activity: a service that does not exist.',
      'There is no service “{value}”.', 'Write the code of a service, or leave the cell empty for time that belongs to none.'),
    ('QUEUE_UNKNOWN', 'error', 'Agent activity: a queue that its service does not have.',
      'The service {expected} has no queue “{value}”.', 'Write the code of a queue of that service, or leave the cell empty.'),
    ('QUEUE_WITHOUT_SERVICE', 'error', 'Agent activity: a queue without its service.',
      'The queue “{value}” stands without its service.', 'Codes of queues are unique within a service: fill the service as well.'),
    ('AGENT_UNKNOWN', 'error', 'Agent activity that is posted: an agent who does not exist.',
      'There is no agent “{value}”.', 'Give the employee this agent code first, or import the file, which makes new agents.'),
    ('AGENT_NEW', 'warning', 'Agent activity: an agent whom nobody knew; the import makes them, without an employee.',
      'The agent “{value}” is new.', 'Give the code to an employee, so that it has a name and a team.')
) as v (rule, severity, description, message, hint);
comment on view statistics.import_rules is 'What a row of agent activity is judged by, besides the rules of every import.';
