-- jobs: the schema in which pg-boss, running as qh_server, makes and upgrades its own tables.

create schema if not exists jobs;
grant usage, create on schema jobs to qh_server;
