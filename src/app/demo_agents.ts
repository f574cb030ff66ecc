import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Db } from '../platform/db/pool.ts';
import { writeReport } from '../rooms/ingest/workbook/write_report.ts';
import { agentActivity } from '../rooms/statistics/imports.ts';
import { lifelikeQuarters, type LifelikeAgent } from '../rooms/statistics/lifelike_agents.ts';

const days = 28;

/** What the agents of a team do, by the number at the end of its code; handle times are those of the calls of the demo. */
const work: Record<string, { queue: string | null; handleSeconds: number }> = {
  'DEMO-VTM-1': { queue: 'VTM_SALES_01', handleSeconds: 280 },
  'DEMO-VTM-2': { queue: 'VTM_SUPPORT_01', handleSeconds: 225 },
  'DEMO-VTM-3': { queue: 'VTM_TECH_01', handleSeconds: 480 },
};

/** Writes the workbook of what the people of the demo did in the four weeks up to yesterday. */
export async function writeDemoAgents(db: Db, folder: string, today: string): Promise<string> {
  const agents = await db.query<LifelikeAgent & { team: string }>(
    `select a.agent_code as code, left(a.team_code, -2) as service, a.team_code as team
     from org.agent_people a where a.team_code like 'DEMO-%' order by a.agent_id`,
  );
  const file = path.join(folder, 'AgentActivity-DEMO.xlsx');
  const start = new Date(Date.parse(`${today}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
  const rows = lifelikeQuarters({
    seed: 21,
    agents: agents.map((agent) => ({ ...agent, ...(work[agent.team] ?? { queue: null, handleSeconds: 260 }) })),
    start,
    days,
  });
  await pipeline(Readable.from(writeReport({ kind: agentActivity, rows, level: 1, text: 'plain' })), createWriteStream(file));
  return file;
}
