import { Value } from 'typebox/value';
import { authorize } from '../auth/authorize.ts';
import { limitServices, type ServiceLookup } from '../auth/limit_services.ts';
import { Trail, type TrailOptions } from '../audit/trail.ts';
import { callSql } from './call.ts';
import { FileAnswer, type Context, type Implemented } from './implement.ts';
import { fullOutput, type AnyOperation } from './operation.ts';

export interface CatalogueOptions extends TrailOptions {
  findService: ServiceLookup;
}

/** Every operation of the product with the code behind it, where it is not plain SQL. */
export class Catalogue {
  readonly operations: readonly AnyOperation[];
  readonly #implementations: ReadonlyMap<string, Implemented>;
  readonly #trail: Trail;
  readonly #findService: ServiceLookup;

  constructor(operations: readonly AnyOperation[], implementations: readonly Implemented[], options: CatalogueOptions) {
    this.operations = operations;
    this.#trail = new Trail(operations, options);
    this.#findService = options.findService;
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
   * Runs an operation on checked input. The answer is JSON text (written by PostgreSQL where the operation is
   * SQL; otherwise cleaned of every field that the contract does not declare) or a file. Whoever calls, by HTTP or not, may
   * do only what their scopes and limits allow, and a write leaves its row in the audit.
   */
  async run(operation: AnyOperation, given: Record<string, unknown>, caller: Context): Promise<string | FileAnswer> {
    authorize(operation, caller.principal);
    const input = await limitServices(operation, given, caller.principal, caller.db, this.#findService);
    const context = this.#trail.follow(operation, input, caller);
    const code = this.#implementations.get(operation.name);
    if (code !== undefined) {
      const answer = await code.run(input, context);
      return answer instanceof FileAnswer ? answer : clean(operation, answer);
    }
    if (operation.method === 'GET') return callSql(operation, input, context.db);
    return context.effect((tx) => callSql(operation, input, tx));
  }

  /** A repeated answer as it was; of one that PostgreSQL did not write, what the contract declares. */
  declared(operation: AnyOperation, { text, answer }: { text: string; answer: unknown }): string {
    return operation.sql === undefined ? clean(operation, answer) : text;
  }
}

const clean = (operation: AnyOperation, answer: unknown): string => JSON.stringify(Value.Clean(fullOutput(operation), answer));
