import { Value } from 'typebox/value';
import { callSql } from './call.ts';
import { FileAnswer, type Context, type Implemented } from './implement.ts';
import { fullOutput, type AnyOperation } from './operation.ts';

/** Every operation of the product with the code behind it, where it is not plain SQL. */
export class Catalogue {
  readonly operations: readonly AnyOperation[];
  readonly #implementations: ReadonlyMap<string, Implemented>;

  constructor(operations: readonly AnyOperation[], implementations: readonly Implemented[]) {
    this.operations = operations;
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
   * SQL; otherwise cleaned of every field that the contract does not declare) or a file.
   */
  async run(operation: AnyOperation, input: Record<string, unknown>, context: Context): Promise<string | FileAnswer> {
    const code = this.#implementations.get(operation.name);
    if (code !== undefined) {
      const answer = await code.run(input, context);
      return answer instanceof FileAnswer ? answer : JSON.stringify(Value.Clean(fullOutput(operation), answer));
    }
    if (operation.method === 'GET') return callSql(operation, input, context.db);
    return context.effect((tx) => callSql(operation, input, tx));
  }
}
