/** Who is calling: a key, a person signed in by one, or the person at this machine's command line. */
export interface Principal {
  kind: 'key' | 'session' | 'local';
  id: string;
  name: string;
  role: Role;
  scopes: ReadonlySet<string>;
}

export type Role = (typeof roles)[number];
export const roles = ['viewer', 'agent', 'analyst', 'supervisor', 'planner', 'integration', 'admin'] as const;

/** What each role may do. A scope that is not here is nobody's. */
export const scopesOfRole: Record<Role, readonly string[]> = {
  viewer: ['org:read', 'statistics:read'],
  agent: [],
  analyst: ['org:read', 'statistics:read', 'ingest:read'],
  supervisor: ['org:read', 'statistics:read', 'ingest:read'],
  planner: ['org:read', 'org:write', 'statistics:read', 'statistics:write', 'ingest:read', 'ingest:write'],
  integration: ['org:read', 'statistics:read', 'statistics:write', 'ingest:read', 'ingest:write'],
  admin: [
    'org:read',
    'org:write',
    'statistics:read',
    'statistics:write',
    'ingest:read',
    'ingest:write',
    'admin:read',
    'admin:write',
  ],
};

/** The person at the command line of the machine that holds the data directory. */
export const localPrincipal: Principal = {
  kind: 'local',
  id: 'local',
  name: 'command line',
  role: 'admin',
  scopes: new Set(scopesOfRole.admin),
};
