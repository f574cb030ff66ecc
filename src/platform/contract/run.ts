import type { TSchema } from 'typebox';
import { Settings } from 'typebox/system';
import { UnionPrioritySort, Value } from 'typebox/value';
import { callerSettings } from '../auth/principal.ts';
import { authorize } from '../auth/authorize.ts';
import { limitServices, type ServiceLookup } from '../auth/limit_services.ts';
import { Trail, type TrailOptions } from '../audit/trail.ts';
import type { Answer, AnswerCache } from '../cache/answers.ts';
import { periodOf, questionKey, type Question } from '../cache/question.ts';
import { frozenNow } from '../clock/clock.ts';
import { callSql } from './call.ts';
import { Gatherer, gatheringName } from './gather.ts';
import { FileAnswer, JsonAnswer, type Context, type Implemented } from './implement.ts';
import { fullOutput, type AnyOperation } from './operation.ts';
import { writeTogether, type Post } from './write_together.ts';
import { erasureKeyOf, useErasureKey } from '../personal/erased.ts';
import { isLongPage, streamList } from './stream.ts';

export interface CatalogueOptions extends TrailOptions {
  findService: ServiceLookup;
  /** Keeps the answers of operations that say so; without it none is kept. */
  answers?: AnswerCache;
}

/** Every operation of the product with the code behind it, where it is not plain SQL. */
export class Catalogue {
  readonly operations: readonly AnyOperation[];
  readonly #implementations: ReadonlyMap<string, Implemented>;
  readonly #trail: Trail;
  readonly #findService: ServiceLookup;
  readonly #answers: AnswerCache | undefined;
  readonly #posts = new Gatherer<Post>((posts) => writeTogether(posts, this.#trail));

  constructor(operations: readonly AnyOperation[], implementations: readonly Implemented[], options: CatalogueOptions) {
    this.operations = operations;
    this.#trail = new Trail(operations, options);
    this.#findService = options.findService;
    this.#answers = options.answers;
    this.#implementations = new Map(implementations.map((entry) => [entry.operation.name, entry]));
    for (const operation of operations) {
      if ((operation.sql !== undefined) === this.#implementations.has(operation.name))
        throw new Error(`${operation.name} needs either an SQL function or an implementation, not both`);
    }
  }

  find(name: string): AnyOperation | undefined {
    return this.operations.find((operation) => operation.name === name);
  }

  /**
   * Runs an operation on checked input. The answer is JSON, as text or in UTF-8 (written by PostgreSQL where the operation is
   * SQL; otherwise cleaned of every field that the contract does not declare) or a file. Whoever calls, by HTTP or not, may
   * do only what their scopes and limits allow, and a write leaves its row in the audit.
   */
  async run(operation: AnyOperation, given: Record<string, unknown>, context: Context): Promise<Answer | FileAnswer> {
    const caller = { ...context, principal: authorize(operation, context.principal) };
    const input = await limitServices(operation, given, caller.principal, caller.db, this.#findService);
    if (operation.gather !== undefined && caller.mayGather === true) {
      const rows = (input[operation.gather.rows] as unknown[]).length;
      return this.#posts.answer(gatheringName(operation, input, caller.principal.id), { operation, input, context: caller }, rows);
    }
    if (operation.sql !== undefined && caller.takesStreams === true && isLongPage(operation, input)) return streamList(operation, input, caller.db);
    if (operation.cache !== undefined && this.#answers !== undefined) return this.#kept(operation, input, caller, this.#answers);
    return this.#run(operation, input, caller);
  }

  /** The kept answer for callers who see the same, or a new one. */
  async #kept(operation: AnyOperation, input: Record<string, unknown>, caller: Context, answers: AnswerCache): Promise<Answer> {
    const key = questionKey(operation.name, input, callerSettings(caller.principal), frozenNow()?.toISOString() ?? '');
    const question = async (): Promise<Question> => ({
      key,
      seconds: operation.cache!.seconds,
      ground: { topics: operation.cache!.topics, services: await this.#servicesOf(input, caller, answers), ...periodOf(input) },
    });
    return answers.answer(question, key, async () => {
      const answer = await this.#run(operation, input, caller);
      if (answer instanceof FileAnswer) throw new Error(`${operation.name} gives a file, which is not kept`);
      return answer;
    });
  }

  /** The services that an input names; null when it names none, or one that is not there. */
  async #servicesOf(input: Record<string, unknown>, { db, principal }: Context, answers: AnswerCache): Promise<number[] | null> {
    if (Array.isArray(input.service_ids)) return input.service_ids.filter((id) => typeof id === 'number');
    if (typeof input.service_id === 'number') return [input.service_id];
    if (typeof input.service !== 'string') return null;
    const code = input.service;
    const scope = callerSettings(principal)['qh.services'];
    const id = await answers.fact(JSON.stringify([code, scope]), () => this.#findService(code, db));
    return id === null ? null : [id];
  }

  async #run(operation: AnyOperation, input: Record<string, unknown>, caller: Context): Promise<string | FileAnswer> {
    const context = this.#trail.follow(operation, input, { ...caller, jobs: onBehalfOf(caller) });
    const code = this.#implementations.get(operation.name);
    if (code !== undefined) {
      const answer = await code.run(input, context);
      if (answer instanceof JsonAnswer) return answer.text;
      if (answer instanceof FileAnswer) return this.#trail.takenOut(operation, input, caller, answer);
      return clean(operation, chosen(operation, answer, input.fields));
    }
    if (operation.method === 'GET') return callSql(operation, input, context.db);
    return context.effect(async (tx) => {
      if (operation.knowsErased === true) await useErasureKey(tx, erasureKeyOf(context.config));
      return callSql(operation, input, tx);
    });
  }

  /** A repeated answer as it was; of one that PostgreSQL did not write, what the contract declares. */
  declared(operation: AnyOperation, { text, answer }: { text: string; answer: unknown }): string {
    return operation.sql === undefined ? clean(operation, answer) : text;
  }
}

/** Jobs that an operation sends are its caller's doing. */
const onBehalfOf = ({ jobs, principal }: Context): Context['jobs'] => ({ send: (name, data, tx) => jobs.send(name, data, tx, principal) });

/** A list that code wrote, with the fields that were asked for; where PostgreSQL writes it, the statement has no others. */
function chosen(operation: AnyOperation, answer: unknown, fields: unknown): unknown {
  if (operation.result !== 'list' || !Array.isArray(fields)) return answer;
  const { items, ...rest } = answer as { items: Record<string, unknown>[] };
  const only = (item: Record<string, unknown>) => Object.fromEntries(Object.entries(item).filter(([name]) => fields.includes(name)));
  return { items: items.map(only), ...rest };
}

// Sorted once below: at each answer it would cost more than all the rest of a short one.
Settings.Set({ unionPrioritySort: false });
const outputs = new WeakMap<AnyOperation, TSchema>();

function clean(operation: AnyOperation, answer: unknown): string {
  const output = outputs.get(operation) ?? UnionPrioritySort(fullOutput(operation));
  outputs.set(operation, output);
  return JSON.stringify(Value.Clean(output, answer));
}
