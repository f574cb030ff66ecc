import { callerSettings, localPrincipal } from '../platform/auth/principal.ts';
import type { Context, UploadedFile } from '../platform/contract/implement.ts';
import type { InputOf, Operation, OutputOf, ResultShape } from '../platform/contract/operation.ts';
import { FileAnswer } from '../platform/contract/implement.ts';
import type { TObject, TSchema } from 'typebox';
import { effectOf } from '../platform/http/idempotency.ts';
import type { System } from './system.ts';

/** What an operation gets that is called at the command line: everything may be done, and it is written down who did it. */
export function localContext(system: System, file?: UploadedFile): Context {
  const db = system.db.as(callerSettings(localPrincipal));
  return {
    db,
    principal: localPrincipal,
    log: system.log,
    config: system.config,
    jobs: system.jobs,
    effect: effectOf(db),
    ...(file === undefined ? {} : { file }),
  };
}

/** Runs an operation as the person at the command line; its answer as JSON text. */
export async function runLocally<I extends TObject, O extends TSchema, R extends ResultShape>(
  system: System,
  operation: Operation<I, O, R>,
  input: InputOf<Operation<I, O, R>>,
): Promise<{ json: string; answer: OutputOf<Operation<I, O, R>> }> {
  const answer = await system.catalogue.run(operation, input, localContext(system));
  if (answer instanceof FileAnswer) throw new Error(`${operation.name} answers with a file`);
  const json = answer.toString();
  return { json, answer: JSON.parse(json) as OutputOf<Operation<I, O, R>> };
}
