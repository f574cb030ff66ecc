import path from 'node:path';
import type { Config } from '../config/config.ts';

/** Sealed heads of the audit beside the database: who can change only the one is found by the other. */
export const auditFile = ({ dataDir }: Pick<Config, 'dataDir'>): string => path.join(dataDir, 'audit-checkpoints');
