import Type from 'typebox';
import { defineOperation, Moment, Nullable } from '../../platform/contract/operation.ts';

/** Backups that the server keeps. */

const Backup = Type.Object({
  backup: Type.String({ description: 'name of its folder' }),
  folder: Type.String({ description: 'where it lies on the machine of the server; for qh backup restore' }),
  created_at: Moment('The moment that it holds'),
  release: Nullable(Type.String({ description: 'release that made it' })),
  rows: Nullable(Type.Integer()),
  bytes: Nullable(Type.Integer({ description: 'size of its files; null where it is encrypted or not complete' })),
  is_encrypted: Type.Boolean(),
  verified_at: Nullable(Moment('When it was last restored into a scratch database and compared')),
  state: Type.Enum(['waiting', 'making', 'verifying', 'complete', 'damaged', 'failed'], {
    description: 'complete: every file is there as far as the manifest tells; failed: its making or last verification did, see problem',
  }),
  phase: Nullable(Type.String({ description: 'copying, checking, restoring or comparing, while it is made or verified' })),
  progress_pct: Nullable(Type.Integer({ minimum: 0, maximum: 100 })),
  problem: Nullable(Type.String()),
});

export const backups = defineOperation({
  name: 'admin.backups',
  summary: 'Backups that the server keeps, the latest first, and what is being done with them',
  scope: 'admin:read',
  method: 'GET',
  path: '/api/v1/admin/backups',
  input: Type.Object({}),
  output: Backup,
  result: 'list',
  key: ['-created_at', '-backup'],
  examples: [{ title: 'All of them', input: {} }],
});

export const createBackup = defineOperation({
  name: 'admin.create_backup',
  summary: 'Make a backup now; answers at once, admin.backups shows how far it is',
  description:
    'One moment of the whole database, made by a job while others work. Encrypted where QH_BACKUP_PASSPHRASE is set. One at a time. It is never removed by itself.',
  scope: 'admin:write',
  changesAll: true,
  method: 'POST',
  path: '/api/v1/admin/backups',
  status: 202,
  input: Type.Object({
    verify: Type.Optional(Type.Boolean({ default: true, description: 'whether it is then restored into a scratch database and compared' })),
  }),
  output: Backup,
  result: 'row',
  errors: ['conflict'],
  examples: [{ title: 'Before a big change', input: {}, skip: 'a job copies the whole database' }],
});

export const verifyBackup = defineOperation({
  name: 'admin.verify_backup',
  summary: 'Restore a backup into a scratch database and compare; answers at once',
  scope: 'admin:write',
  changesAll: true,
  method: 'POST',
  path: '/api/v1/admin/backups/{backup}/verify',
  status: 202,
  input: Type.Object({ backup: Type.String({ minLength: 1, maxLength: 200, description: 'its name, as admin.backups gives it' }) }),
  output: Backup,
  result: 'row',
  positional: ['backup'],
  errors: ['not_found', 'conflict'],
  examples: [{ title: 'Is it good?', input: { backup: '20250303T120000Z' }, skip: 'a job restores the whole backup' }],
});

export const operations = [backups, createBackup, verifyBackup];
