import Type from 'typebox';
import { Nullable } from '../../platform/contract/operation.ts';

/** The columns of the two views of the seed, as the comments in SQL say them; a test compares the two. */

export const Month = Type.Object({
  mes: Type.String({
    format: 'date',
    description:
      'First day of the month (America/Bogota) in which the requests were created; everything else of a request counts in that month, whenever it happened.',
  }),
  solicitudes_creadas: Type.Integer({ description: 'Requests created = count of solicitudes.' }),
  solicitudes_aceptadas: Type.Integer({ description: 'Requests whose offers the client accepted = count with estado OFERTAS_ACEPTADAS.' }),
  solicitudes_rechazadas: Type.Integer({ description: 'Requests whose offers the client refused = count with estado OFERTAS_RECHAZADAS.' }),
  solicitudes_expiradas: Type.Integer({ description: 'Requests that ran out of time with offers = count with estado EXPIRADA.' }),
  solicitudes_sin_ofertas: Type.Integer({ description: 'Requests that ran out of time without an offer = count with estado CERRADA_SIN_OFERTAS.' }),
  tiempo_promedio_cierre_seg: Nullable(
    Type.Number({
      description: 'Mean seconds from creation to the closing event = avg(fecha_cierre - created_at) over closed requests; null when none is closed.',
    }),
  ),
  ofertas_totales: Type.Integer({ description: 'Offers made for the requests = count of ofertas.' }),
  ofertas_ganadoras: Type.Integer({ description: 'Offers that won and were not refused by the client = count with estado GANADORA or ACEPTADA.' }),
  ofertas_aceptadas: Type.Integer({ description: 'Offers that the client accepted = count with estado ACEPTADA.' }),
  precio_promedio_ofertas: Nullable(
    Type.Number({ description: 'Mean unit price of all offer lines, COP = avg(precio_unitario); null without lines.' }),
  ),
  precio_minimo_ofertas: Nullable(Type.Number({ description: 'Lowest unit price of all offer lines, COP = min(precio_unitario).' })),
  precio_maximo_ofertas: Nullable(Type.Number({ description: 'Highest unit price of all offer lines, COP = max(precio_unitario).' })),
  tiempo_entrega_promedio: Nullable(
    Type.Number({ description: 'Mean delivery time of the offers, days = avg(ofertas.tiempo_entrega_dias), each offer once.' }),
  ),
  garantia_promedio_meses: Nullable(Type.Number({ description: 'Mean warranty of all offer lines, months = avg(garantia_meses).' })),
  clientes_activos: Type.Integer({ description: 'Clients who made a request = count distinct cliente_id.' }),
  asesores_activos: Type.Integer({ description: 'Advisors who made an offer = count distinct asesor_id of ofertas.' }),
  marcas_vehiculos_solicitadas: Type.Integer({
    description: 'Brands of vehicles asked for = count distinct marca_vehiculo, regardless of case and outer spaces.',
  }),
  volumen_transaccional_total: Type.Number({ description: 'Value of all offer lines, COP = sum(precio_unitario * cantidad), each line once.' }),
  tasa_aceptacion_pct: Nullable(
    Type.Number({
      description: 'Accepted of created requests, per cent = 100 * solicitudes_aceptadas / solicitudes_creadas; null without requests.',
    }),
  ),
  tasa_conversion_ofertas_pct: Nullable(
    Type.Number({ description: 'Winning of all offers, per cent = 100 * ofertas_ganadoras / ofertas_totales; null without offers.' }),
  ),
  ofertas_promedio_por_solicitud: Nullable(
    Type.Number({ description: 'Offers per request = ofertas_totales / solicitudes_creadas; null without requests.' }),
  ),
  mes_en_curso: Type.Boolean({ description: 'The month is still running: its figures will change.' }),
});

export const RankedAdvisor = Type.Object({
  asesor_id: Type.String({ description: 'The advisor.' }),
  asesor_nombre: Type.String({ description: 'Name and surname of the advisor.' }),
  asesor_email: Nullable(Type.String({ description: 'E-mail of the advisor, masked for callers without the right to personal data.' })),
  ciudad: Type.String({ description: 'City of the advisor.' }),
  departamento: Nullable(Type.String({ description: 'Department of the advisor.' })),
  punto_venta: Nullable(Type.String({ description: 'Point of sale of the advisor.' })),
  confianza: Type.Number({ description: 'Trust that the advisor has, 1 to 5 = asesores.confianza.' }),
  nivel_actual: Nullable(
    Type.Integer({
      description:
        'Level at which the last evaluation of the advisor put them, 1 to 5 = nivel_entrega of their newest evaluaciones_asesores_temp; null without one.',
    }),
  ),
  estado_asesor: Type.String({ description: 'State of the advisor; only those with ACTIVO are ranked.' }),
  actividad_reciente_pct: Type.Number({ description: 'Recent activity, per cent = asesores.actividad_reciente_pct.' }),
  desempeno_historico_pct: Type.Number({ description: 'Historical performance, per cent = asesores.desempeno_historico_pct.' }),
  ofertas_historicas_total: Type.Integer({ description: 'Offers of the last 30 days = count of ofertas_historicas by fecha.' }),
  ofertas_ganadoras: Type.Integer({ description: 'Of these, awarded = count where adjudicada.' }),
  ofertas_aceptadas_cliente: Type.Integer({ description: 'Of these, accepted by the client = count where aceptada_cliente.' }),
  entregas_exitosas: Type.Integer({ description: 'Of these, delivered = count where entrega_exitosa.' }),
  tiempo_promedio_respuesta_seg: Nullable(Type.Number({ description: 'Mean seconds to make these offers = avg(tiempo_respuesta_seg).' })),
  monto_promedio_ofertas: Nullable(
    Type.Number({ description: 'Mean amount of these offers, COP = avg(monto_total) of those that have one; null without any.' }),
  ),
  volumen_total_ofertas: Type.Number({ description: 'Sum of the amounts of these offers, COP = sum(monto_total).' }),
  confianza_auditada: Type.Number({
    description: 'Mean score of the audits of the last 90 days, 1 to 5 = avg(puntaje_confianza); confianza where there was none.',
  }),
  auditorias_realizadas: Type.Integer({ description: 'Audits of the last 90 days = count of auditoria_tiendas by fecha_revision.' }),
  ultima_auditoria: Nullable(Type.String({ format: 'date-time', description: 'The newest of these audits = max(fecha_revision).' })),
  notificaciones_recibidas: Type.Integer({
    description: 'Notifications of the last 30 days = count of historial_respuestas_ofertas by fecha_envio.',
  }),
  notificaciones_respondidas: Type.Integer({ description: 'Of these, answered = count where respondio.' }),
  tiempo_promedio_respuesta_notif_seg: Nullable(
    Type.Number({ description: 'Mean seconds to answer = avg(tiempo_respuesta_seg) of those answered.' }),
  ),
  tasa_respuesta_pct: Nullable(
    Type.Number({
      description: 'Answered of received notifications, per cent = 100 * notificaciones_respondidas / notificaciones_recibidas; null without any.',
    }),
  ),
  tasa_conversion_ofertas_pct: Nullable(
    Type.Number({ description: 'Awarded of all offers, per cent = 100 * ofertas_ganadoras / ofertas_historicas_total; null without offers.' }),
  ),
  tasa_exito_completo_pct: Nullable(
    Type.Number({ description: 'Delivered of all offers, per cent = 100 * entregas_exitosas / ofertas_historicas_total; null without offers.' }),
  ),
  ranking_ciudad: Nullable(
    Type.Integer({
      description:
        'Rank in the city: by ofertas_ganadoras (most first), tiempo_promedio_respuesta_seg (least first, unknown last), confianza (most first); equals share a rank. Null below the minimum of offers (setting).',
    }),
  ),
  ranking_nacional: Nullable(Type.Integer({ description: 'Rank in the nation, by the same.' })),
  percentil_ofertas_ganadoras_ciudad: Nullable(
    Type.Number({
      description:
        'Share of the other ranked advisors of the city with fewer ofertas_ganadoras, per cent = 100 * percent_rank; 100 for one who is alone.',
    }),
  ),
  percentil_ofertas_ganadoras_nacional: Nullable(Type.Number({ description: 'The same in the nation.' })),
  calculado_at: Type.String({ format: 'date-time', description: 'Moment as of which the row was calculated.' }),
  ranking_ciudad_anterior: Nullable(Type.Integer({ description: 'ranking_ciudad at the newest refresh of a day before; null when there was none.' })),
  ranking_nacional_anterior: Nullable(Type.Integer({ description: 'ranking_nacional then.' })),
});
