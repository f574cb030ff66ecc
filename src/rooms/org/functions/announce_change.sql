create or replace function org.announce_change()
returns trigger
language plpgsql volatile parallel unsafe
as $$
begin
  -- Of equal notifications in one transaction PostgreSQL delivers one.
  perform pg_catalog.pg_notify('qh', '{"topic": "org.changed"}');
  return null;
end
$$;
comment on function org.announce_change() is 'Tells every node, once the transaction commits, that the vocabulary changed: what rests on it is asked anew.';

create or replace trigger announce_change
after insert or update or delete on org.services
for each statement
execute function org.announce_change();

create or replace trigger announce_change
after insert or update or delete on org.groups
for each statement
execute function org.announce_change();

create or replace trigger announce_change
after insert or update or delete on org.sources
for each statement
execute function org.announce_change();

create or replace trigger announce_change
after insert or update or delete on org.source_mappings
for each statement
execute function org.announce_change();

create or replace trigger announce_change
after insert or update or delete on org.agents
for each statement
execute function org.announce_change();

create or replace trigger announce_change
after insert or update or delete on org.employees
for each statement
execute function org.announce_change();

create or replace trigger announce_change
after insert or update or delete on org.departments
for each statement
execute function org.announce_change();

create or replace trigger announce_change
after insert or update or delete on org.employee_org_history
for each statement
execute function org.announce_change();
