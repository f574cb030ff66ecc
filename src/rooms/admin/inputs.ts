import Type from 'typebox';
import { Nullable } from '../../platform/contract/operation.ts';

/** Fields that several contracts of this room share. */

export const Role = Type.String({ description: 'viewer, agent, analyst, supervisor, planner, integration or admin' });
export const RoleName = Type.String({
  minLength: 1,
  maxLength: 40,
  description: 'viewer, agent, analyst, supervisor, planner, integration, admin, or another name of one of them (admin.roles)',
});
export const Locale = Type.Enum(['en', 'ru', 'es'], { description: 'language of the pages' });
export const Password = Type.String({
  minLength: 1,
  maxLength: 1000,
  description: 'at least 10 characters; not the login, nor one that is guessed first',
});

/** What narrows a person or key within their role; null takes the narrowing away. */
export const limits = {
  service_ids: Type.Optional(Nullable(Type.Array(Type.Integer(), { maxItems: 1000, description: 'the services to be seen' }))),
  team_ids: Type.Optional(
    Nullable(
      Type.Array(Type.Integer(), {
        maxItems: 1000,
        description: 'the departments whose people are to be seen; left out or null: all, or none where service_ids are given',
      }),
    ),
  ),
};
