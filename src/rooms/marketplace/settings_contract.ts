import Type from 'typebox';
import { defineOperation, Moment, Nullable } from '../../platform/contract/operation.ts';

/** Who is ranked, and what is erased of the people of the marketplace. */

const RankingMinimum = Type.Object({
  minimum_offers: Type.Integer({ description: 'Fewer offers in the last 30 days: no rank and no percentile' }),
  advisors: Type.Integer({ description: 'Advisors that the ranking of the last refresh shows' }),
  ranked: Type.Integer({ description: 'Of these, those that have enough offers for a rank' }),
});

export const rankingMinimum = defineOperation({
  name: 'marketplace.ranking_minimum',
  summary: 'How many offers an advisor needs for a rank',
  scope: 'marketplace:read',
  method: 'GET',
  path: '/api/v1/marketplace/ranking_minimum',
  input: Type.Object({}),
  output: RankingMinimum,
  result: 'row',
  sql: 'api.ranking_minimum',
  examples: [{ title: 'The rule', input: {} }],
});

export const setRankingMinimum = defineOperation({
  name: 'marketplace.set_ranking_minimum',
  summary: 'Set how many offers an advisor needs for a rank',
  description: 'Holds from the next refresh on. `ranked` says at once how many of the advisors of the last one have enough.',
  scope: 'marketplace:write',
  changesAll: true,
  method: 'PUT',
  path: '/api/v1/marketplace/ranking_minimum',
  input: Type.Object({ minimum_offers: Type.Integer({ minimum: 0, maximum: 10_000, description: '0: everybody has a rank' }) }),
  output: RankingMinimum,
  result: 'row',
  sql: 'api.set_ranking_minimum',
  examples: [{ title: 'Three offers at least', input: { minimum_offers: 3 } }],
});

export const erasePerson = defineOperation({
  name: 'marketplace.erase_person',
  summary: 'Erase what is personal of a client or an advisor, for good',
  description:
    'Names, addresses and phones are replaced in the tables, in the ranking and in the events that brought them; requests, offers and figures stay, without the name. The audit keeps what was replaced. Backups made before still hold it.',
  scope: 'admin:write',
  changesAll: true,
  method: 'POST',
  path: '/api/v1/marketplace/people/erase',
  input: Type.Object({
    usuario_id: Type.String({ format: 'uuid', description: 'The person, client or advisor' }),
    confirm: Type.Enum(['erase'], { description: 'erase: it cannot be taken back' }),
    reason: Type.Optional(Type.String({ maxLength: 200, description: 'Kept in the audit; no names' })),
  }),
  output: Type.Object({
    usuario_id: Type.String(),
    erased_at: Moment('When it was done'),
    reason: Nullable(Type.String()),
    replaced: Type.Array(Type.Object({ table: Type.String(), column: Type.String(), rows: Type.Integer() })),
  }),
  result: 'row',
  errors: ['not_found', 'bad_request'],
  examples: [
    {
      title: 'A client asked for it',
      input: { usuario_id: '0b0e5a1c-0000-4000-8000-000000000001', confirm: 'erase', reason: 'request of 12 March' },
      skip: 'the person must be there',
    },
  ],
});

export const operations = [rankingMinimum, setRankingMinimum, erasePerson];
