import http from 'node:http';
import { fileURLToPath } from 'node:url';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { createRandom } from '../src/numerics/statistics/random.ts';

/** People who each ask, read for a while and ask again, in a thread of their own: the server does not wait for them. */

export interface Crowd {
  url: string;
  key: string;
  users: number;
  seconds: number;
  services: number;
  /** How long one reads, at least and at most, in ms; both 0: everybody asks as fast as answers come. */
  reads: [least: number, most: number];
}
export type Samples = Record<'point' | 'range' | 'aggregation', number[]>;

export function askTogether(crowd: Crowd): Promise<Samples> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(fileURLToPath(import.meta.url), { workerData: crowd });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

const end = Date.UTC(2025, 0, 31);
const iso = (ms: number) => new Date(ms).toISOString();
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function play({ url, key, users, seconds, services, reads: [least, most] }: Crowd): Promise<Samples> {
  const samples: Samples = { point: [], range: [], aggregation: [] };
  const agent = new http.Agent({ keepAlive: true });
  const ends = performance.now() + seconds * 1000;
  const ask = async (kind: keyof Samples, query: string) => {
    const start = performance.now();
    const status = await get(`${url}/api/v1/statistics/intervals?${query}`, key, agent);
    if (status !== 200) throw new Error(`${query}: ${status}`);
    samples[kind].push(performance.now() - start);
  };
  const user = async (number: number) => {
    const random = createRandom(number + 1);
    const read = () => wait(least + random.next() * (most - least));
    // Nobody begins at the same moment as all the others.
    await wait(random.next() * most);
    for (let n = number * 13; performance.now() < ends; n++) {
      const service = `BENCH_${(n % services) + 1}`;
      const day = end - ((n * 7) % 380) * 86_400_000;
      await ask('point', `service=${service}&start_time=${iso(day)}&end_time=${iso(day + 900_000)}`);
      await read();
      await ask('range', `service=${service}&start_time=${iso(day)}&end_time=${iso(day + 86_400_000)}`);
      await read();
      if (n % 10 > 0) continue;
      await ask('aggregation', `interval_minutes=43200&start_time=2024-01-01&end_time=${iso(end - (n % 50) * 86_400_000)}&limit=1000`);
      await read();
    }
  };
  await Promise.all(Array.from({ length: users }, (_, number) => user(number)));
  agent.destroy();
  return samples;
}

function get(url: string, key: string, agent: http.Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    http
      .get(url, { agent, headers: { 'x-api-key': key } }, (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
        answer.on('error', reject);
      })
      .on('error', reject);
  });
}

if (parentPort !== null) parentPort.postMessage(await play(workerData as Crowd));
