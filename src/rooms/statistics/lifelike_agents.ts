import { createRandom, type Random } from '../../numerics/statistics/random.ts';

/** Cells in the order of the columns of the import; the period is milliseconds of UTC. */
export type QuarterCells = readonly (number | string | null)[];

/** An agent of whom a life-like past is made up. */
export interface LifelikeAgent {
  code: string;
  service: string;
  queue: string | null;
  /** Mean handle time of a contact, in seconds. */
  handleSeconds: number;
}

interface AgentDays {
  seed: number;
  agents: readonly LifelikeAgent[];
  /** First day, `YYYY-MM-DD`, by the clock of the service. */
  start: string;
  days: number;
}

const quarterMs = 900_000;
const dayMs = 96 * quarterMs;
/** Nine hours: a break of half an hour in the middle, ten minutes in the second and the seventh hour. */
const shiftQuarters = 36;
/** How busy each hour of the day is, of the time in which an agent is available. */
const busyness = [
  0.35, 0.3, 0.3, 0.3, 0.3, 0.4, 0.5, 0.62, 0.74, 0.84, 0.9, 0.92, 0.88, 0.82, 0.8, 0.8, 0.78, 0.74, 0.68, 0.6, 0.54, 0.48, 0.42, 0.38,
];

/** Quarters of agents in the columns of the import: five days a week each, in two shifts, with breaks, and never more than fits. */
export function* lifelikeQuarters({ seed, agents, start, days }: AgentDays): Generator<QuarterCells> {
  const random = createRandom(seed);
  const first = Date.parse(`${start}T00:00:00Z`);
  const pace = agents.map(() => 0.85 + 0.3 * random.next());
  for (let day = 0; day < days; day++) {
    for (const [index, agent] of agents.entries()) {
      // The days off wander through the team.
      if ((day + index * 3) % 7 >= 5) continue;
      const begin = first + day * dayMs + (index % 2 === 0 ? 32 : 44) * quarterMs;
      for (let quarter = 0; quarter < shiftQuarters; quarter++) yield quarterOf(random, agent, pace[index]!, begin + quarter * quarterMs, quarter);
    }
  }
}

function quarterOf(random: Random, agent: LifelikeAgent, pace: number, time: number, quarter: number): QuarterCells {
  const login = quarter === 0 ? 900 - Math.floor(random.next() * 240) : quarter === shiftQuarters - 1 ? 900 - Math.floor(random.next() * 120) : 900;
  const notReady = quarter === 17 || quarter === 18 ? login : quarter === 7 || quarter === 28 ? 600 : random.next() < 0.06 ? 120 : 0;
  const available = Math.max(0, login - notReady - 5);
  const load = Math.min(0.97, busyness[new Date(time).getUTCHours()]! * (0.8 + 0.4 * random.next()));
  const handle = Math.floor(available * load);
  const wrap = Math.floor(handle * 0.16);
  const hold = random.next() < 0.3 ? Math.floor(handle * 0.06) : 0;
  const handled = Math.round((handle * pace) / agent.handleSeconds);
  const transferred = handled > 0 && random.next() < 0.12 ? 1 : 0;
  return [
    time,
    agent.code,
    null,
    agent.service,
    agent.queue,
    login,
    available - handle,
    notReady,
    handle - wrap - hold,
    hold,
    wrap,
    handled,
    transferred,
  ];
}
