import type { CellKind, ImportColumn, ImportKind } from '../../platform/imports/kind.ts';

/** The files of the marketplace, one per thing. The headers are the names of the columns; what a cell may hold stands in views/import_fields.sql. */

/** `!` a cell that must be filled, `?` a column that may be missing; `:count` and `:average` are numbers. */
function column(declared: string): ImportColumn {
  const [name, kind = 'text'] = declared.replace(/[!?]$/, '').split(':') as [string, CellKind?];
  const isNeeded = declared.endsWith('!');
  return { header: name, name, kind, ...(isNeeded ? {} : { optional: true, nullable: true }) };
}

interface File {
  name: string;
  title: string;
  columns: string;
  signature: string[];
  example: Record<string, string | number>;
}

const kind = ({ name, title, columns, signature, example }: File): ImportKind => ({
  name: `marketplace_${name}`,
  title,
  scope: 'marketplace:write',
  columns: columns.split(' ').map(column),
  signature,
  check: `marketplace.check_${name}`,
  load: 'marketplace.load_import',
  example,
});

const advisor = '00000000-0000-4000-8000-00000000a001';
const client = '00000000-0000-4000-8000-00000000c001';
const request = '00000000-0000-4000-8000-00000000d001';
const part = '00000000-0000-4000-8000-00000000e001';

export const importKinds: readonly ImportKind[] = [
  kind({
    name: 'municipalities',
    title: 'Marketplace: municipalities',
    columns: 'codigo_dane! municipio! departamento! hub_logistico! area_metropolitana? poblacion:count? clasificacion?',
    signature: ['codigo_dane', 'municipio', 'hub_logistico'],
    example: { codigo_dane: '05001', municipio: 'MEDELLÍN', departamento: 'ANTIOQUIA', hub_logistico: 'MEDELLÍN', clasificacion: 'PRINCIPALES' },
  }),
  kind({
    name: 'clients',
    title: 'Marketplace: clients',
    columns: 'cliente_id! nombre! ciudad! apellido? email? telefono? departamento? codigo_dane?',
    signature: ['cliente_id', 'nombre', 'ciudad'],
    example: { cliente_id: client, nombre: 'Sofía', ciudad: 'Cali', telefono: '+573001234567' },
  }),
  kind({
    name: 'advisors',
    title: 'Marketplace: advisors',
    columns:
      'asesor_id! nombre! ciudad! apellido? email? telefono? departamento? codigo_dane? punto_venta? confianza:average? actividad_reciente_pct:average? desempeno_historico_pct:average? estado?',
    signature: ['asesor_id', 'nombre', 'ciudad'],
    example: { asesor_id: advisor, nombre: 'Ana', apellido: 'Ruiz', ciudad: 'Medellín', punto_venta: 'Centro', confianza: 4, estado: 'ACTIVO' },
  }),
  kind({
    name: 'requests',
    title: 'Marketplace: requests, a row per part',
    columns:
      'solicitud_id! cliente_id! ciudad_origen! created_at! repuesto_id! nombre! marca_vehiculo! anio_vehiculo:count! estado? fecha_evaluacion? fecha_cierre? nivel_actual:count? departamento_origen? codigo_dane? codigo? linea_vehiculo? cantidad:count? es_urgente?',
    signature: ['solicitud_id', 'cliente_id', 'repuesto_id'],
    example: {
      solicitud_id: request,
      cliente_id: client,
      ciudad_origen: 'Cali',
      created_at: '2025-03-01 14:30:00',
      repuesto_id: part,
      nombre: 'Freno',
      marca_vehiculo: 'Toyota',
      anio_vehiculo: 2015,
      estado: 'ABIERTA',
      nivel_actual: 1,
      cantidad: 2,
      es_urgente: 'no',
    },
  }),
  kind({
    name: 'offers',
    title: 'Marketplace: offers, a row per line, with the awards',
    columns:
      'oferta_id! solicitud_id! asesor_id! created_at! tiempo_entrega_dias:count! repuesto_id! precio_unitario:average! garantia_meses:count! cantidad:count? estado? origen? puntaje_adjudicado:average? adjudicado_at? origen_detalle?',
    signature: ['oferta_id', 'solicitud_id', 'asesor_id'],
    example: {
      oferta_id: '00000000-0000-4000-8000-00000000f001',
      solicitud_id: request,
      asesor_id: advisor,
      created_at: '2025-03-01 15:00:00',
      tiempo_entrega_dias: 2,
      repuesto_id: part,
      precio_unitario: 100000,
      garantia_meses: 6,
      cantidad: 2,
      estado: 'ENVIADA',
      puntaje_adjudicado: 80,
    },
  }),
  kind({
    name: 'offer_history',
    title: 'Marketplace: what became of each offer',
    columns: 'asesor_id! solicitud_id! fecha! monto_total:average? tiempo_respuesta_seg:count? adjudicada? aceptada_cliente? entrega_exitosa?',
    signature: ['asesor_id', 'solicitud_id', 'fecha'],
    example: { asesor_id: advisor, solicitud_id: request, fecha: '2025-03-01 15:00:00', monto_total: 200000, adjudicada: 'sí' },
  }),
  kind({
    name: 'notifications',
    title: 'Marketplace: notifications and answers',
    columns: 'asesor_id! solicitud_id! fecha_envio! fecha_vista? respondio? tiempo_respuesta_seg:count?',
    signature: ['asesor_id', 'solicitud_id', 'fecha_envio'],
    example: { asesor_id: advisor, solicitud_id: request, fecha_envio: '2025-03-01 14:31:00', respondio: 'sí', tiempo_respuesta_seg: 600 },
  }),
  kind({
    name: 'messages',
    title: 'Marketplace: messages to people',
    columns: 'notificacion_id! usuario_id! tipo! titulo! mensaje! created_at! leida? fecha_leida? url_accion? datos_adicionales?',
    signature: ['notificacion_id', 'usuario_id', 'mensaje'],
    example: {
      notificacion_id: '00000000-0000-4000-8000-00000000aa01',
      usuario_id: client,
      tipo: 'oferta',
      titulo: 'Tiene una oferta',
      mensaje: 'Su solicitud tiene dos ofertas.',
      created_at: '2025-03-01 15:10:00',
      leida: 'sí',
      datos_adicionales: '{"ofertas": 2}',
    },
  }),
  kind({
    name: 'audits',
    title: 'Marketplace: audits of shops',
    columns: 'asesor_id! fecha_revision! estado! puntaje_confianza:average! observaciones? auditor_id?',
    signature: ['asesor_id', 'fecha_revision', 'puntaje_confianza'],
    example: { asesor_id: advisor, fecha_revision: '2025-03-01 10:00:00', estado: 'APROBADA', puntaje_confianza: 4.5 },
  }),
  kind({
    name: 'evaluations',
    title: 'Marketplace: ratings of advisors for requests',
    columns: 'solicitud_id! asesor_id! created_at! puntaje_total:average! nivel_entrega:count! canal? tiempo_espera_min:count?',
    signature: ['solicitud_id', 'asesor_id', 'nivel_entrega'],
    example: {
      solicitud_id: request,
      asesor_id: advisor,
      created_at: '2025-03-01 14:31:00',
      puntaje_total: 80,
      nivel_entrega: 1,
      canal: 'WHATSAPP',
      tiempo_espera_min: 15,
    },
  }),
  kind({
    name: 'request_evaluations',
    title: 'Marketplace: evaluations of the offers for requests',
    columns: 'solicitud_id! created_at! duracion_ms:count?',
    signature: ['solicitud_id', 'created_at', 'duracion_ms'],
    example: { solicitud_id: request, created_at: '2025-03-01 14:50:00', duracion_ms: 180 },
  }),
];
