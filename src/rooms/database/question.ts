import Type from 'typebox';

/** What a question about a table is made of. */

export const TableName = Type.String({
  pattern: '^[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)?$',
  maxLength: 130,
  description: 'table or view with its schema (database.schema_info lists them); a view of schema api also without',
});

/** What narrows, cuts and orders the rows of a table. */
export const question = {
  columns: Type.Optional(Type.Array(Type.String({ maxLength: 63 }), { minItems: 1, maxItems: 200, description: 'all when left out' })),
  filter: Type.Optional(
    Type.String({
      maxLength: 5000,
      description:
        "conditions joined by “and”: eq, ne, lt, le, gt, ge, in (a, b), contains, starts, is null, is not null; values with spaces or commas in 'single quotes'",
    }),
  ),
  order: Type.Optional(
    Type.Array(Type.String({ pattern: '^-?[a-z_][a-z0-9_]*$', maxLength: 64 }), {
      maxItems: 10,
      description: 'columns, with a leading - downwards; nulls last; the key follows',
    }),
  ),
};
