import { now } from '../../platform/clock/clock.ts';
import { implement, type Implemented } from '../../platform/contract/implement.ts';
import { QhError } from '../../platform/errors.ts';
import { noteErasure, noteIntended } from '../../platform/personal/erasure_list.ts';
import { erasureKeyOf, useErasureKey, type Erased, type EraseTraces } from '../../platform/personal/erased.ts';
import { refresh, triggerRefresh } from './contract.ts';
import { refreshViews } from './refresh_views.ts';
import { erasePerson } from './settings_contract.ts';

export const marketplaceVerbs = (eraseTraces: EraseTraces): Implemented[] => [
  implement(refresh, async ({ force }, { db, effect }) => {
    const result = await refreshViews(db, { cause: 'manual', full: force === true });
    if (result === null)
      throw new QhError('conflict', 'A refresh is running already.', { hint: 'Wait for it: marketplace.refresh_runs shows when it ends.' });
    if (!result.success) {
      const errors = result.details
        .filter(({ error_message }) => error_message !== null)
        .map(({ view_name, error_message }) => ({ path: view_name, rule: 'was not refreshed', value: error_message }));
      throw new QhError('internal', `The refresh failed: ${result.error ?? ''}`, {
        hint: 'The views keep what they had; the log of refreshes has the cause.',
        errors,
      });
    }
    return effect(async () => result);
  }),

  implement(triggerRefresh, async (_input, { jobs, effect }) =>
    effect(async (tx) => {
      const id = crypto.randomUUID();
      await jobs.send('marketplace.refresh', { request_id: id }, tx);
      return {
        success: true,
        message: 'The refresh is on its way; marketplace.refresh_runs shows how it goes.',
        job_id: id,
        scheduled_at: now().toISOString(),
      };
    }),
  ),

  implement(erasePerson, async ({ usuario_id, reason }, { config, effect, jobs }) => {
    const certificate = await effect(async (tx) => {
      const [trace] = await tx.query<{ batch_ids: string[]; words: string[] }>(
        'select t.batch_ids, t.words from marketplace.traces_of_person($1) t where t.words is not null',
        [usuario_id],
      );
      // The words are known only before they are erased.
      const traces = trace === undefined ? [] : await eraseTraces(tx, jobs, trace.batch_ids, trace.words);
      await useErasureKey(tx, erasureKeyOf(config));
      const [row] = await tx.query<{ done: Erased[] }>('select marketplace.erase_person($1) as done', [usuario_id]);
      const done = { usuario_id, erased_at: now().toISOString(), reason: reason ?? null, replaced: [...row!.done, ...traces] };
      await noteIntended(config, done);
      return done;
    });
    await noteErasure(config, certificate);
    return certificate;
  }),
];
