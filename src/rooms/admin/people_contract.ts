import Type from 'typebox';
import { defineOperation, Moment, Nullable } from '../../platform/contract/operation.ts';
import { limits, Locale, Password, Role, RoleName } from './inputs.ts';

/** People who sign in, their sessions, and what roles may do. */

const Caller = Type.Object({
  kind: Type.Enum(['user', 'key', 'session', 'local'], {
    description: 'a person signed in by name, a key, a browser signed in with a key, the command line',
  }),
  id: Type.String({ description: 'Id of the person or of the key' }),
  name: Type.String({ description: 'Login of the person, or what the key is called' }),
  display_name: Type.String(),
  role: Role,
  scopes: Type.Array(Type.String()),
  operations: Nullable(Type.Array(Type.String(), { description: 'the only operations that the key may call; null: all of its role' })),
  service_ids: Nullable(Type.Array(Type.Integer(), { description: 'the services to be seen; null: all' })),
  team_ids: Nullable(Type.Array(Type.Integer(), { description: 'the departments to be seen; null: all, or none where service_ids are given' })),
  cities: Nullable(Type.Array(Type.String(), { description: 'the cities to be seen; null: all' })),
  locale: Nullable(Type.String({ description: 'language of the person; null for keys' })),
  session_id: Nullable(Type.String()),
});

export const whoami = defineOperation({
  name: 'admin.whoami',
  summary: 'Who is calling, and what they may do',
  scope: 'self',
  method: 'GET',
  path: '/api/v1/admin/whoami',
  input: Type.Object({}),
  output: Caller,
  result: 'row',
  examples: [{ title: 'Ask who I am', input: {} }],
});

export const sessions = defineOperation({
  name: 'admin.sessions',
  summary: 'Open sessions: one’s own, or everybody’s for administrators',
  scope: 'self',
  method: 'GET',
  path: '/api/v1/admin/sessions',
  input: Type.Object({ all: Type.Optional(Type.Boolean({ default: false, description: 'everybody’s; needs the scope admin:read' })) }),
  output: Type.Object({
    session_id: Type.String(),
    user_id: Nullable(Type.String()),
    key_id: Nullable(Type.String({ description: 'the key that was signed in with' })),
    name: Type.String({ description: 'display name of the person, or what the key is called' }),
    login: Nullable(Type.String()),
    address: Nullable(Type.String({ description: 'from where it was opened' })),
    user_agent: Nullable(Type.String()),
    created_at: Moment('When it was opened'),
    expires_at: Moment('When it ends'),
    last_seen_at: Moment('When it was last used, within a minute'),
    is_current: Type.Boolean({ description: 'whether this request came by it' }),
  }),
  result: 'list',
  key: ['-created_at', '-session_id'],
  errors: ['forbidden'],
  examples: [{ title: 'Where am I signed in', input: {} }],
});

export const revokeSession = defineOperation({
  name: 'admin.revoke_session',
  summary: 'End a session: one’s own, or anybody’s for administrators',
  scope: 'self',
  method: 'DELETE',
  path: '/api/v1/admin/sessions/{session_id}',
  input: Type.Object({ session_id: Type.String({ minLength: 1, maxLength: 40 }) }),
  output: Type.Object({ session_id: Type.String(), revoked: Type.Boolean() }),
  result: 'row',
  positional: ['session_id'],
  errors: ['not_found'],
  examples: [{ title: 'Sign out elsewhere', input: { session_id: '0123456789abcdef' }, skip: 'ends the session that is named' }],
});

const User = Type.Object({
  user_id: Type.String(),
  login: Type.String(),
  display_name: Type.String(),
  email: Nullable(Type.String()),
  role: Role,
  service_ids: Nullable(Type.Array(Type.Integer(), { description: 'the services to be seen; null: all' })),
  team_ids: Nullable(Type.Array(Type.Integer(), { description: 'the departments to be seen; null: all, or none where service_ids are given' })),
  locale: Locale,
  status: Type.Enum(['invited', 'active', 'locked', 'disabled'], { description: 'locked: for some minutes, after failed sign-ins' }),
  locked_until: Nullable(Moment('Until when no attempt is taken')),
  invitation_expires_at: Nullable(Moment('Until when the open link holds')),
  created_by: Type.String(),
  created_at: Moment('When they were invited'),
  last_sign_in_at: Nullable(Moment('When they last signed in')),
});

export const users = defineOperation({
  name: 'admin.users',
  summary: 'People who sign in',
  scope: 'admin:read',
  method: 'GET',
  path: '/api/v1/admin/users',
  input: Type.Object({
    search: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'part of login, name or e-mail' })),
    status: Type.Optional(Type.Enum(['invited', 'active', 'locked', 'disabled'])),
    role: Type.Optional(RoleName),
  }),
  output: User,
  result: 'list',
  key: ['login'],
  examples: [{ title: 'Everybody', input: {} }],
});

const userFields = {
  display_name: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  email: Type.Optional(Nullable(Type.String({ minLength: 3, maxLength: 254, pattern: '^[^@\\s]+@[^@\\s]+$' }))),
  locale: Type.Optional(Locale),
  ...limits,
};
const Link = {
  user_id: Type.String(),
  login: Type.String(),
  token: Type.String({ description: 'for admin.accept_invitation; shown this once' }),
  link: Type.String({ description: 'path of the page with the token, to put behind the address of this server' }),
  expires_at: Moment('Until when the link holds'),
};

export const inviteUser = defineOperation({
  name: 'admin.invite_user',
  summary: 'Add a person; the answer holds the link by which they set their password',
  scope: 'admin:write',
  method: 'POST',
  path: '/api/v1/admin/users',
  status: 201,
  input: Type.Object({
    login: Type.String({
      minLength: 2,
      maxLength: 100,
      pattern: '^\\S+$',
      description: 'name to sign in by, for instance the e-mail address; case does not matter',
    }),
    role: RoleName,
    ...userFields,
  }),
  output: Type.Object(Link),
  result: 'row',
  hasSecretAnswer: true,
  positional: ['login'],
  errors: ['conflict'],
  examples: [{ title: 'A supervisor', input: { login: 'anna', role: 'supervisor', display_name: 'Anna Berg' } }],
});

const UserId = Type.String({ minLength: 1, maxLength: 40 });

export const updateUser = defineOperation({
  name: 'admin.update_user',
  summary: 'Change who somebody is, what they may do, or let them in no more',
  description: 'A disabled person is out at once, on every device. Nobody can take their own administration away.',
  scope: 'admin:write',
  method: 'PATCH',
  path: '/api/v1/admin/users/{user_id}',
  input: Type.Object({
    user_id: UserId,
    role: Type.Optional(RoleName),
    is_disabled: Type.Optional(Type.Boolean()),
    ...userFields,
  }),
  output: User,
  result: 'row',
  positional: ['user_id'],
  errors: ['not_found', 'conflict'],
  examples: [{ title: 'No longer with us', input: { user_id: 'u0123456789ab', is_disabled: true }, skip: 'changes the person who is named' }],
});

export const resetUser = defineOperation({
  name: 'admin.reset_user',
  summary: 'Make a new link for somebody to set their password; earlier links and a lock end',
  scope: 'admin:write',
  method: 'POST',
  path: '/api/v1/admin/users/{user_id}/reset',
  status: 201,
  input: Type.Object({ user_id: UserId }),
  output: Type.Object(Link),
  result: 'row',
  hasSecretAnswer: true,
  positional: ['user_id'],
  errors: ['not_found', 'conflict'],
  examples: [{ title: 'Forgotten password', input: { user_id: 'u0123456789ab' }, skip: 'the answer is a new secret each time' }],
});

const Token = Type.String({ minLength: 20, maxLength: 100, description: 'what stands behind the # of the link' });

export const invitation = defineOperation({
  name: 'admin.invitation',
  summary: 'Whom a link is for',
  scope: null,
  method: 'POST',
  path: '/api/v1/admin/invitations/show',
  input: Type.Object({ token: Token }),
  output: Type.Object({
    login: Type.String(),
    display_name: Type.String(),
    locale: Locale,
    purpose: Type.Enum(['invitation', 'reset']),
    expires_at: Moment('Until when it holds'),
  }),
  result: 'row',
  errors: ['not_found'],
  examples: [{ title: 'Show it', input: { token: 'what-stands-behind-the-number-sign' }, skip: 'needs a link' }],
});

export const acceptInvitation = defineOperation({
  name: 'admin.accept_invitation',
  summary: 'Set a password by a link; then sign in',
  scope: null,
  method: 'POST',
  path: '/api/v1/admin/invitations/accept',
  input: Type.Object({ token: Token, password: Password }),
  output: Type.Object({ user_id: Type.String(), login: Type.String() }),
  result: 'row',
  errors: ['not_found', 'bad_request'],
  examples: [{ title: 'Accept it', input: { token: 'what-stands-behind-the-number-sign', password: 'four words of mine' }, skip: 'needs a link' }],
});

export const changePassword = defineOperation({
  name: 'admin.change_password',
  summary: 'Change one’s own password; other sessions end',
  scope: 'self',
  method: 'POST',
  path: '/api/v1/admin/password',
  input: Type.Object({ current_password: Type.String({ minLength: 1, maxLength: 1000 }), new_password: Password }),
  output: Type.Object({ user_id: Type.String(), changed: Type.Boolean() }),
  result: 'row',
  errors: ['bad_request', 'forbidden'],
  examples: [
    {
      title: 'Change it',
      input: { current_password: 'the one until now', new_password: 'four words of mine' },
      skip: 'only for people who are signed in',
    },
  ],
});

export const updateProfile = defineOperation({
  name: 'admin.update_profile',
  summary: 'Change one’s own name, e-mail address or language',
  scope: 'self',
  method: 'PATCH',
  path: '/api/v1/admin/profile',
  input: Type.Object({ display_name: userFields.display_name, email: userFields.email, locale: userFields.locale }),
  output: User,
  result: 'row',
  errors: ['forbidden'],
  examples: [{ title: 'In Russian', input: { locale: 'ru' }, skip: 'only for people who are signed in' }],
});

export const unlockUser = defineOperation({
  name: 'admin.unlock_user',
  summary: 'End the lock of somebody who mistyped the password too often; their password stays',
  scope: 'admin:write',
  method: 'POST',
  path: '/api/v1/admin/users/{user_id}/unlock',
  input: Type.Object({ user_id: UserId }),
  output: User,
  result: 'row',
  positional: ['user_id'],
  errors: ['not_found'],
  examples: [{ title: 'Caps Lock was on', input: { user_id: 'u0123456789ab' }, skip: 'changes the person who is named' }],
});

export const operations = [
  whoami,
  sessions,
  revokeSession,
  users,
  inviteUser,
  updateUser,
  resetUser,
  invitation,
  acceptInvitation,
  changePassword,
  updateProfile,
  unlockUser,
];
