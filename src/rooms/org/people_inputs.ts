import Type from 'typebox';

/** Input fields that many operations on the organisation share. What is not given to an update stays; empty text removes. */

export const Code = (description: string) => Type.String({ minLength: 1, maxLength: 50, description });
export const Name = (description: string) => Type.String({ minLength: 1, maxLength: 200, description });
export const Text = (description: string) => Type.String({ maxLength: 2000, description });
export const Custom = Type.Object({}, { additionalProperties: true, description: 'values of custom fields by their names; null removes one' });
export const Search = Type.String({ minLength: 1, maxLength: 100, description: 'part of the name, or of the code' });
export const Active = Type.Boolean({ description: 'only active ones, or only the others' });
export const InDepartment = Type.String({ minLength: 1, description: 'department code; all below it belongs to it' });

export const read = { scope: 'people:read', method: 'GET' } as const;
export const write = { scope: 'people:write', errors: ['bad_request', 'not_found', 'conflict'] } as const;
export const optional = <T extends Record<string, Type.TSchema>>(fields: T) =>
  Object.fromEntries(Object.entries(fields).map(([name, schema]) => [name, Type.Optional(schema)])) as { [K in keyof T]: Type.TOptional<T[K]> };
