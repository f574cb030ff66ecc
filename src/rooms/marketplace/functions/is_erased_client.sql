create or replace function marketplace.is_erased_client(p_data jsonb)
returns boolean
language sql stable parallel safe
return platform.is_erased('usuario_id', p_data ->> 'cliente_id') or platform.is_erased('email', p_data ->> 'email');

comment on function marketplace.is_erased_client(jsonb) is 'Whether the client whom an event registers was erased; false where the transaction was not given the key.';
