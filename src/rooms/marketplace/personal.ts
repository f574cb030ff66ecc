/** Which columns of this room hold what is personal, of clients and of advisors; they are masked, and erased with the person. */
const ofUser = { kind: 'usuario', column: 'id' } as const;
const ofAddressee = { kind: 'usuario', column: 'usuario_id' } as const;
const ofAdvisor = { kind: 'asesor', column: 'asesor_id' } as const;

export const personalColumns = [
  { schema: 'marketplace', table: 'usuarios', column: 'nombre', kind: 'name', person: ofUser },
  { schema: 'marketplace', table: 'usuarios', column: 'apellido', kind: 'name', person: ofUser },
  { schema: 'marketplace', table: 'usuarios', column: 'email', kind: 'email', person: ofUser },
  { schema: 'marketplace', table: 'usuarios', column: 'telefono', kind: 'phone', person: ofUser },
  { schema: 'marketplace', table: 'notificaciones', column: 'titulo', kind: 'other', person: ofAddressee },
  { schema: 'marketplace', table: 'notificaciones', column: 'mensaje', kind: 'other', person: ofAddressee },
  { schema: 'marketplace', table: 'notificaciones', column: 'url_accion', kind: 'other', person: ofAddressee },
  { schema: 'marketplace', table: 'notificaciones', column: 'datos_adicionales', kind: 'other', person: ofAddressee },
  { schema: 'marketplace', table: 'mv_ranking_asesores', column: 'asesor_nombre', kind: 'name', person: ofAdvisor },
  { schema: 'marketplace', table: 'mv_ranking_asesores', column: 'asesor_email', kind: 'email', person: ofAdvisor },
  // Masked as a whole. Of an erased person only name, address and phone go out of it (marketplace.erase_person): counters rest on the others.
  { schema: 'marketplace', table: 'eventos_sistema', column: 'datos_evento', kind: 'other', person: { kind: 'evento', column: 'evento_id' } },
] as const;

/** Of these, what stands under the same name in the input of an operation; `data` is what an event says. */
export const personalFields = ['apellido', 'telefono', 'asesor_nombre', 'asesor_email', 'data'] as const;
