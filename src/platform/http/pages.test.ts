import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { rules } from '../../app/catalogue.ts';
import { openTestSystem } from '../../../test/system.ts';
import { createHttpServer } from './server.ts';

test('a part of the pages that was built while the server runs is served; nothing beside them is', async () => {
  await using qh = await openTestSystem();
  const folder = await mkdtemp(path.join(tmpdir(), 'qh-pages-'));
  const webRoot = path.join(folder, 'dist');
  await mkdir(webRoot);
  await writeFile(path.join(folder, 'secret.txt'), 'secret');
  await writeFile(path.join(webRoot, 'index.html'), '<title>page</title>');
  const app = await createHttpServer({ ...qh.system, webRoot, schemaIsCurrent: async () => true, rules });
  try {
    const get = (url: string, accept = '*/*') => app.inject({ method: 'GET', url, headers: { accept } });
    expect((await get('/assets/new-1.js')).statusCode).toBe(404);
    await mkdir(path.join(webRoot, 'assets'));
    await writeFile(path.join(webRoot, 'assets', 'new-1.js'), 'export {};');
    await writeFile(path.join(webRoot, '.hidden'), 'hidden');
    const part = await get('/assets/new-1.js');
    expect([part.statusCode, part.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
    for (const page of ['/', '/intervals?service=A']) {
      const answer = await get(page, 'text/html');
      expect([answer.statusCode, answer.headers['cache-control'], answer.body], page).toEqual([200, 'no-cache', '<title>page</title>']);
    }
    for (const url of ['/../secret.txt', '/%2e%2e/secret.txt', '/assets/..%2f..%2f..%2fsecret.txt', '/.hidden']) {
      const answer = await get(url);
      expect(answer.statusCode, url).toBeGreaterThanOrEqual(400);
      expect(answer.body, url).not.toMatch(/secret$|^hidden/);
    }
    expect((await get('/api/v1/nothing')).json()).toMatchObject({ code: 'not_found' });
  } finally {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  }
});
