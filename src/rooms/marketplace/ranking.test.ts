import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';
import { id, loadMarketplace, marketplaceNow } from '../../../test/fixtures/marketplace.ts';

let qh: TestSystem;
beforeAll(async () => {
  qh = await openTestSystem();
  qh.test.setNow(marketplaceNow);
  await loadMarketplace(qh.test.db);
});
afterAll(() => qh.close());

/** What happened, by the number of the advisor and the hours before now; negative: after it. */
interface Offer {
  advisor: number;
  hours: number;
  amount: number | null;
  seconds: number | null;
  /** 0 made, 1 won, 2 accepted, 3 delivered. */
  step: number;
}
interface Notice {
  advisor: number;
  hours: number;
  seconds: number | null;
}
interface Audit {
  advisor: number;
  hours: number;
  score: number;
}
interface Advisor {
  city: string;
  trust: number;
  active: boolean;
}
interface World {
  advisors: Advisor[];
  offers: Offer[];
  notices: Notice[];
  audits: Audit[];
  minimum: number;
}

const mean = (values: number[]): number | null => (values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length);
const known = (values: (number | null)[]) => values.filter((value) => value !== null);
const share = (part: number, whole: number) => (whole === 0 ? null : (100 * part) / whole);
const within = (hours: number, days: number) => hours >= 0 && hours < 24 * days;

/** Each advisor by walking through all rows, and each rank by comparing with each other one: no window, no join. */
function naive({ advisors, offers, notices, audits, minimum }: World) {
  const found = advisors.map((advisor, index) => {
    const mine = <T extends { advisor: number; hours: number }>(rows: T[], days: number) =>
      rows.filter((row) => row.advisor === index + 1 && within(row.hours, days));
    const made = mine(offers, 30);
    const got = mine(notices, 30);
    const seen = mine(audits, 90);
    const reached = (step: number) => made.filter((offer) => offer.step >= step).length;
    const amounts = known(made.map(({ amount }) => amount));
    const answered = known(got.map(({ seconds }) => seconds));
    return {
      ...advisor,
      id: id('a', index + 1),
      response: mean(known(made.map(({ seconds }) => seconds))),
      won: reached(1),
      ranked: advisor.active && made.length >= minimum,
      figures: {
        confianza: advisor.trust,
        ofertas_historicas_total: made.length,
        ofertas_ganadoras: reached(1),
        ofertas_aceptadas_cliente: reached(2),
        entregas_exitosas: reached(3),
        tiempo_promedio_respuesta_seg: mean(known(made.map(({ seconds }) => seconds))),
        monto_promedio_ofertas: mean(amounts),
        volumen_total_ofertas: amounts.reduce((sum, value) => sum + value, 0),
        confianza_auditada: mean(seen.map(({ score }) => score)) ?? advisor.trust,
        auditorias_realizadas: seen.length,
        notificaciones_recibidas: got.length,
        notificaciones_respondidas: answered.length,
        tiempo_promedio_respuesta_notif_seg: mean(answered),
        tasa_respuesta_pct: share(answered.length, got.length),
        tasa_conversion_ofertas_pct: share(reached(1), made.length),
        tasa_exito_completo_pct: share(reached(3), made.length),
      },
    };
  });
  type Found = (typeof found)[number];
  const isBefore = (a: Found, b: Found) => {
    if (a.won !== b.won) return a.won > b.won;
    if (a.response !== b.response) return (a.response ?? Infinity) < (b.response ?? Infinity);
    return a.trust > b.trust;
  };
  const rankAmong = (one: Found, others: Found[]) => ({
    rank: one.ranked ? 1 + others.filter((other) => isBefore(other, one)).length : null,
    percentile: !one.ranked ? null : others.length === 1 ? 100 : (100 * others.filter(({ won }) => won < one.won).length) / (others.length - 1),
  });
  return found
    .filter(({ active }) => active)
    .map((one) => {
      const nation = found.filter(({ ranked }) => ranked);
      const inCity = rankAmong(
        one,
        nation.filter(({ city }) => city === one.city),
      );
      const inNation = rankAmong(one, nation);
      return {
        id: one.id,
        figures: {
          ...one.figures,
          ranking_ciudad: inCity.rank,
          ranking_nacional: inNation.rank,
          percentil_ofertas_ganadoras_ciudad: inCity.percentile,
          percentil_ofertas_ganadoras_nacional: inNation.percentile,
        },
      };
    });
}

const advisorNumber = fc.integer({ min: 1, max: 5 });
// The edges of the windows among them: what is exactly 30 or 90 days old is out, what is of this moment is in.
const hours = (days: number) => fc.oneof(fc.integer({ min: -5, max: 24 * days + 60 }), fc.constantFrom(0, 24 * days - 1, 24 * days));
const world: fc.Arbitrary<World> = fc.record({
  advisors: fc.array(
    fc.record({ city: fc.constantFrom('Cali', 'Pasto'), trust: fc.constantFrom(3, 3.5, 4), active: fc.constantFrom(true, true, true, false) }),
    { minLength: 5, maxLength: 5 },
  ),
  offers: fc.array(
    fc.record({
      advisor: advisorNumber,
      hours: hours(30),
      amount: fc.constantFrom(null, 1000, 2500, 9999),
      seconds: fc.constantFrom(null, 10, 20, 50),
      step: fc.integer({ min: 0, max: 3 }),
    }),
    { maxLength: 20 },
  ),
  notices: fc.array(fc.record({ advisor: advisorNumber, hours: hours(30), seconds: fc.constantFrom(null, 5, 60, 90) }), { maxLength: 12 }),
  audits: fc.array(fc.record({ advisor: advisorNumber, hours: hours(90), score: fc.constantFrom(1, 2.5, 5) }), { maxLength: 8 }),
  minimum: fc.integer({ min: 0, max: 3 }),
});

test('random offers, notifications and audits: every figure and rank equals counting row by row, whatever joins, ties and edges there are', async () => {
  await fc.assert(
    fc.asyncProperty(world, async (given) => {
      await qh.test.inTransaction(async (tx) => {
        await tx.query(`select set_config('qh.now', $1, true)`, [marketplaceNow]);
        await tx.query(
          'delete from marketplace.ofertas_historicas; delete from marketplace.historial_respuestas_ofertas; delete from marketplace.auditoria_tiendas',
        );
        await tx.query('update marketplace.settings set ranking_minimum_offers = $1', [given.minimum]);
        await tx.query(`insert into marketplace.usuarios (id, nombre, rol) values ('${id('b', 9)}', 'Eli', 'ADVISOR')`);
        await tx.query(`insert into marketplace.asesores (id, usuario_id, ciudad) values ('${id('a', 5)}', '${id('b', 9)}', 'Cali')`);
        for (const [index, { city, trust, active }] of given.advisors.entries())
          await tx.query('update marketplace.asesores set ciudad = $2, confianza = $3, estado = $4 where id = $1', [
            id('a', index + 1),
            city,
            trust,
            active ? 'ACTIVO' : 'SUSPENDIDO',
          ]);
        const rows = (list: { advisor: number }[]) => [JSON.stringify(list.map((one) => ({ ...one, id: id('a', one.advisor) }))), marketplaceNow];
        await tx.query(
          `insert into marketplace.ofertas_historicas (asesor_id, solicitud_id, fecha, monto_total, tiempo_respuesta_seg, adjudicada, aceptada_cliente, entrega_exitosa)
           select r.id, '${id('d', 1)}', $2::timestamptz - r.hours * interval '1 hour', r.amount, r.seconds, r.step >= 1, r.step >= 2, r.step >= 3
           from jsonb_to_recordset($1) as r (id uuid, hours int, amount numeric, seconds int, step int)`,
          rows(given.offers),
        );
        await tx.query(
          `insert into marketplace.historial_respuestas_ofertas (asesor_id, solicitud_id, fecha_envio, respondio, tiempo_respuesta_seg)
           select r.id, '${id('d', 1)}', $2::timestamptz - r.hours * interval '1 hour', r.seconds is not null, r.seconds
           from jsonb_to_recordset($1) as r (id uuid, hours int, seconds int)`,
          rows(given.notices),
        );
        await tx.query(
          `insert into marketplace.auditoria_tiendas (asesor_id, fecha_revision, estado, puntaje_confianza)
           select r.id, $2::timestamptz - r.hours * interval '1 hour', 'APROBADA', r.score from jsonb_to_recordset($1) as r (id uuid, hours int, score numeric)`,
          rows(given.audits),
        );
        await tx.query('select marketplace.refresh_mv_ranking_asesores(true)');
        const stored = await tx.query<Record<string, number | null> & { asesor_id: string }>('select * from marketplace.mv_ranking_asesores');
        const expected = naive(given);
        expect(stored.map(({ asesor_id: advisor }) => advisor).toSorted()).toEqual(expected.map((one) => one.id).toSorted());
        for (const { id: advisor, figures } of expected) {
          const row = stored.find(({ asesor_id: one }) => one === advisor)!;
          for (const [name, value] of Object.entries(figures))
            if (value === null) expect(row[name], `${advisor} ${name}`).toBeNull();
            else expect(Math.abs(row[name]! - value), `${advisor} ${name}: ${row[name]} is not ${value}`).toBeLessThan(0.0051);
        }
      });
    }),
    { numRuns: 25 },
  );
});
