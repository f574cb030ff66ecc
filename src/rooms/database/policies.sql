-- database: an export is its caller's, which every statement asks for; its rows were read under the caller's own policies.

select platform.leave_open('database.exports', 'shown to whoever asked for the file alone; each statement names the caller');
select platform.leave_open('database.column_mappings', 'names of columns, of no service and nobody');
