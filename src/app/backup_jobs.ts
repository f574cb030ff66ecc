import { readFileSync } from 'node:fs';
import path from 'node:path';
import { backupJob } from '../platform/backup/jobs.ts';
import { requestedJob } from '../platform/backup/requested.ts';
import type { JobDefinition } from '../platform/jobs/jobs.ts';
import { fingerprints } from './backup_fingerprints.ts';

const { version }: { version: string } = JSON.parse(readFileSync(path.join(import.meta.dirname, '../../package.json'), 'utf8'));

export const backupJobs: readonly JobDefinition[] = [backupJob(version, fingerprints), requestedJob(version, fingerprints)];
