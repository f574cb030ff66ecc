import Type from 'typebox';
import { defineOperation, Day, Moment, Nullable } from '../../platform/contract/operation.ts';

/** Events of the marketplace, and the counters that they move. */

const eventTypes = [
  'cliente.registrado',
  'solicitud.creada',
  'oferta.creada',
  'evaluacion.completada',
  'cliente.acepto',
  'cliente.rechazo',
  'solicitud.expirada',
  'entrega.confirmada',
] as const;

export const Event = Type.Object(
  {
    event_id: Type.String({ minLength: 1, maxLength: 200, description: 'Given by the sender; the same id again is a duplicate' }),
    event_type: Type.String({ maxLength: 100, description: `One of ${eventTypes.join(', ')}` }),
    at: Moment('When it happened'),
    data: Type.Object({}, { additionalProperties: true, description: 'What it is about, see the guide' }),
  },
  { additionalProperties: false },
);

export const postEvents = defineOperation({
  name: 'marketplace.events',
  summary: 'Post events of the marketplace',
  description:
    'Each event is taken once, by its id, with its effect on the tables and on the live counters in one transaction. One that cannot be is rejected with the reason; the others are taken. One that registers a client who was erased is taken without name, address and phone, with a warning.',
  scope: 'marketplace:write',
  changesAll: true,
  knowsErased: true,
  method: 'POST',
  path: '/api/v1/marketplace/events',
  input: Type.Object({ events: Type.Array(Event, { minItems: 1, maxItems: 1000 }) }),
  output: Type.Object({
    accepted: Type.Integer(),
    duplicates: Type.Integer(),
    rejected: Type.Array(Type.Object({ event_id: Nullable(Type.String()), rule: Type.String(), message: Type.String() })),
    warnings: Type.Array(Type.Object({ event_id: Type.String(), rule: Type.String(), message: Type.String() }), {
      description: 'Of events that were taken',
    }),
  }),
  result: 'row',
  sql: 'api.marketplace_events',
  examples: [
    {
      title: 'A client registers',
      input: {
        events: [
          {
            event_id: 'c-1',
            event_type: 'cliente.registrado',
            at: '2025-03-03T10:00:00-05:00',
            data: { cliente_id: '0b0e5a1c-0000-4000-8000-000000000001', nombre: 'Ana', ciudad: 'Cali', canal: 'WHATSAPP' },
          },
        ],
      },
    },
  ],
});

export const liveCounters = defineOperation({
  name: 'marketplace.live_counters',
  summary: 'How many events of each kind happened on a day',
  description: 'Counted as events arrive; always equal to counting the events themselves.',
  scope: 'marketplace:read',
  method: 'GET',
  path: '/api/v1/marketplace/live_counters',
  input: Type.Object({ fecha: Type.Optional(Day('A day in America/Bogota; default all')) }),
  output: Type.Object({
    fecha: Day('Day in America/Bogota'),
    metrica_nombre: Type.String({ description: 'Such as solicitudes_creadas' }),
    ciudad: Type.String({ description: 'Empty where the event has none' }),
    canal: Type.String({ description: 'Channel by which a client came; empty where the event has none' }),
    valor: Type.Integer(),
  }),
  result: 'list',
  key: ['fecha', 'metrica_nombre', 'ciudad', 'canal'],
  sql: 'api.live_counters',
  examples: [{ title: 'A day', input: { fecha: '2025-03-03' } }],
});

export const operations = [postEvents, liveCounters];
