/** `npm pack` calls this: what is published is JavaScript with types, since Node does not strip types under node_modules. */
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildWeb } from './build-web.mjs';
import { install, root } from './install.mjs';
import { runNode } from './run.mjs';

install();
const dist = join(root, 'dist');
rmSync(dist, { recursive: true, force: true });
const code = await runNode(['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json']);
if (code !== 0) process.exit(code);
for (const file of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })) {
  if (file.endsWith('.sql')) cpSync(join(root, 'src', file), join(dist, file));
}
await buildWeb();
