import { createHmac } from 'node:crypto';
import type { Db } from '../db/pool.ts';
import type { Notifications } from '../notify/notify.ts';
import { Keys } from './keys.ts';
import { Roles } from './roles.ts';
import { Sessions } from './sessions.ts';
import { Users, type InheritedRoles } from './users.ts';

/** Everything that decides who may call. */
export interface Access {
  roles: Roles;
  keys: Keys;
  users: Users;
  sessions: Sessions;
}

export function openAccess(db: Db, secretKey: string, inherited?: InheritedRoles): Access {
  const roles = new Roles(db);
  const keys = new Keys(db, createHmac('sha256', secretKey).update('api keys').digest(), roles);
  const users = new Users(db, roles, (secret) => keys.hash(secret), inherited);
  return { roles, keys, users, sessions: new Sessions(db, keys, users) };
}

/** Forgets what is known of callers as soon as a node announces a change; the answer ends that. */
export function followChanges({ roles, keys, users, sessions }: Access, notifications: Notifications): () => void {
  return notifications.on('platform.auth', () => {
    for (const part of [roles, keys, users, sessions]) part.forget();
  });
}
