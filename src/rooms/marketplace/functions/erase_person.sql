create or replace function marketplace.erase_person(p_usuario_id uuid)
returns jsonb
language plpgsql volatile parallel unsafe
as $$
declare
  v_email text;
  v_done jsonb;
  v_rows bigint;
  v_messages bigint;
  v_erased jsonb;
begin
  select u.email into v_email from marketplace.usuarios u where u.id = p_usuario_id for update;
  if not found then
    raise exception using errcode = 'QH404', message = format('There is no person %s in the marketplace.', p_usuario_id);
  end if;
  perform platform.mark_erased('email', v_email);
  -- Files and events know them by the id of the client or advisor.
  perform platform.mark_erased('usuario_id', k.id::text)
  from (
    select p_usuario_id
    union select c.id from marketplace.clientes c where c.usuario_id = p_usuario_id
    union select a.id from marketplace.asesores a where a.usuario_id = p_usuario_id
  ) as k (id);
  v_done := platform.erase_columns('usuario', p_usuario_id::text);
  select jsonb_object_agg(k.name, to_jsonb(u) -> k.name) into v_erased
  from marketplace.usuarios u
  cross join unnest('{nombre,apellido,email,telefono}'::text[]) as k (name)
  where u.id = p_usuario_id;
  -- At most one: a person is an advisor once. Without this the ranking would show the name until the next refresh.
  select v_done || coalesce(platform.erase_columns('asesor', a.id::text), '[]') into v_done
  from (select p_usuario_id as usuario_id) p
  left join marketplace.asesores a on a.usuario_id = p.usuario_id;
  -- City and channel stay: the live counters are made of them.
  update marketplace.eventos_sistema e set datos_evento = e.datos_evento - '{nombre,email,telefono}'::text[]
  where e.tipo_evento = 'cliente.registrado' and e.datos_evento ->> 'cliente_id' in (
      select p_usuario_id::text union all select c.id::text from marketplace.clientes c where c.usuario_id = p_usuario_id)
    and e.datos_evento ?| '{nombre,email,telefono}'::text[];
  get diagnostics v_rows = row_count;
  v_done := v_done || jsonb_build_object('table', 'marketplace.eventos_sistema', 'column', 'datos_evento', 'rows', v_rows);
  -- With the words that now stand in the row, so that an undo of the import still finds what it wrote.
  update marketplace.import_loads l
  set given = l.given || (select jsonb_object_agg(e.key, e.value) from jsonb_each(v_erased) e where l.given ? e.key),
    before = l.before || (select jsonb_object_agg(e.key, e.value) from jsonb_each(v_erased) e where l.before ? e.key)
  where l.table_name = 'usuarios' and l.row_id = p_usuario_id;
  get diagnostics v_rows = row_count;
  -- Of what was written to them the journal keeps no word either.
  select jsonb_object_agg(k.name, k.value) into v_erased
  from (values ('titulo', to_jsonb('erased'::text)), ('mensaje', to_jsonb('erased'::text)), ('url_accion', 'null'), ('datos_adicionales', '{}')) as k (name, value);
  update marketplace.import_loads l
  set given = l.given || v_erased, before = l.before || v_erased
  from marketplace.notificaciones n
  where n.usuario_id = p_usuario_id and l.table_name = 'notificaciones' and l.row_id = n.id and (l.given is not null or l.before is not null);
  get diagnostics v_messages = row_count;
  v_rows := v_rows + v_messages;
  return v_done || jsonb_build_object('table', 'marketplace.import_loads', 'column', 'given, before', 'rows', v_rows);
end
$$;
comment on function marketplace.erase_person(uuid) is 'Replaces what is personal of a client or advisor in every declared column, in the ranking, in the events that brought them, in what was written to them and in the journal of imports, and remembers by keyed hashes that they are erased; returns table, column and number of rows.';
