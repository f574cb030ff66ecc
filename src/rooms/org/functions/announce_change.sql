create or replace function org.announce_change()
returns trigger
language plpgsql volatile parallel unsafe
as $$
begin
  -- For each row, so that a statement that changes none tells nobody; of equal notifications in one transaction PostgreSQL delivers one.
  perform pg_catalog.pg_notify('qh', '{"topic": "org.changed"}');
  return null;
end
$$;
comment on function org.announce_change() is 'Tells every node, once the transaction commits, that the vocabulary changed: what rests on it is asked anew.';

create or replace trigger announce_change
after insert or update or delete on org.services
for each row
execute function org.announce_change();

create or replace trigger announce_change
after insert or update or delete on org.groups
for each row
execute function org.announce_change();

create or replace trigger announce_change
after insert or update or delete on org.sources
for each row
execute function org.announce_change();

create or replace trigger announce_change
after insert or update or delete on org.source_mappings
for each row
execute function org.announce_change();

create or replace trigger announce_change
after insert or update or delete on org.agents
for each row
execute function org.announce_change();

create or replace trigger announce_change
after insert or update or delete on org.employees
for each row
execute function org.announce_change();

create or replace trigger announce_change
after insert or update or delete on org.departments
for each row
execute function org.announce_change();

create or replace trigger announce_change
after insert or update or delete on org.employee_org_history
for each row
execute function org.announce_change();
