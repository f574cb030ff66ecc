import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rules } from '../src/app/catalogue.ts';
import { createHttpServer } from '../src/platform/http/server.ts';
import { openTestSystem, type TestSystem } from './system.ts';

/** The server on real sockets: a thousand repetitions of one request at once, and its own TLS. */

let qh: TestSystem;
beforeAll(async () => {
  qh = await openTestSystem({ data: 'small' });
});
afterAll(() => qh.close());

test('a thousand requests with one Idempotency-Key at the same moment have one effect, and one answer', async () => {
  const address = await qh.app.listen({ port: 0, host: '127.0.0.1' });
  const body = JSON.stringify({ service: 'SUPPORT', group_code: 'ONCE', group_name: 'Once' });
  const headers = { 'x-api-key': qh.adminKey, 'idempotency-key': 'a thousand', 'content-type': 'application/json' };
  const post = async () => {
    const answer = await fetch(`${address}/api/v1/org/queues`, { method: 'POST', headers, body });
    return { status: answer.status, text: await answer.text() };
  };
  const answers = await Promise.all(Array.from({ length: 1000 }, post));
  const done = answers.filter(({ status }) => status < 300);
  // While the first is in flight the others are told so; afterwards they get its answer letter by letter.
  expect(answers.filter(({ status }) => ![200, 201, 409].includes(status))).toEqual([]);
  expect(new Set(done.map(({ text }) => text)).size).toBe(1);
  expect(answers.filter(({ status }) => status === 409).every(({ text }) => text.includes('in flight'))).toBe(true);
  expect(await qh.test.owner.query(`select from org.groups where group_code = 'ONCE'`)).toHaveLength(1);
  expect(await qh.test.owner.query(`select from platform.audit_log where operation = 'org.create_queue'`)).toHaveLength(1);
  expect((await post()).text).toBe(done[0]!.text);
});

test('with a certificate the server speaks TLS alone, says so to browsers, and its cookie goes over nothing else', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'qh-tls-'));
  const [certFile, keyFile] = [path.join(folder, 'cert.pem'), path.join(folder, 'key.pem')];
  const words = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost`;
  execFileSync('openssl', [...words.split(' '), '-keyout', keyFile, '-out', certFile], { stdio: 'ignore' });
  const config = { ...qh.system.config, tls: { certFile, keyFile } };
  const app = await createHttpServer({ ...qh.system, config, webRoot: '/nonexistent', schemaIsCurrent: async () => true, rules });
  try {
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as AddressInfo;
    const ca = await readFile(certFile);
    const answer = await new Promise<{ status?: number; headers: Record<string, unknown> }>((resolve, reject) => {
      const asked = request(
        {
          host: '127.0.0.1',
          servername: 'localhost',
          port,
          ca,
          path: '/api/v1/admin/session',
          method: 'POST',
          headers: { 'content-type': 'application/json' },
        },
        (response) => {
          response.resume();
          resolve({ status: response.statusCode, headers: response.headers });
        },
      );
      asked.on('error', reject);
      asked.end(JSON.stringify({ key: qh.adminKey }));
    });
    expect(answer.status).toBe(200);
    expect(answer.headers['strict-transport-security']).toMatch(/max-age=\d+/);
    expect(String(answer.headers['set-cookie'])).toMatch(/HttpOnly.*Secure.*SameSite=Strict/);
    await expect(fetch(`http://127.0.0.1:${port}/api/v1/admin/whoami`)).rejects.toThrow();
  } finally {
    await app.close();
    await rm(folder, { recursive: true });
  }
});
