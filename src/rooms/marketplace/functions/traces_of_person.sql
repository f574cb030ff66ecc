create or replace function marketplace.traces_of_person(p_usuario_id uuid, out batch_ids uuid[], out words text[])
language sql stable parallel safe
as $$
  select
    array(
      select distinct l.batch_id
      from marketplace.import_loads l
      where l.table_name = 'usuarios' and l.row_id = p_usuario_id or l.table_name = 'notificaciones' and l.row_id in (
          select n.id from marketplace.notificaciones n where n.usuario_id = p_usuario_id)),
    array_remove(array[u.nombre, u.apellido, u.email, u.telefono], null)
  from marketplace.usuarios u
  where u.id = p_usuario_id
$$;
comment on function marketplace.traces_of_person(uuid) is 'The imports that brought a client or advisor or what was written to them, and the words by which they are found where texts are kept; no row for somebody who is not there.';
