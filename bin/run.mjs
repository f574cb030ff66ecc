/** Running a part of Quarterhour as a child process that lives and dies with this one. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { nodeProgram, root } from './install.mjs';

/**
 * Settings that keep the process small while it reads a million rows (measured: 360 MiB at the peak without them, 280 with them):
 * few arenas, large buffers given back to the system when they are freed, and a young generation that is collected often.
 * What was compiled once is kept.
 */
export const lean = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '131072',
  NODE_OPTIONS: [process.env.NODE_OPTIONS, '--max-semi-space-size=4'].filter(Boolean).join(' '),
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, 'node_modules', '.cache', 'quarterhour'),
};

/** Starts Node with these arguments; resolves with its exit code. */
export function runNode(args, { env = {}, cwd = root, stdio = 'inherit' } = {}) {
  return follow(spawn(nodeProgram(), args, { cwd, env: { ...lean, ...process.env, NODE_OPTIONS: lean.NODE_OPTIONS, ...env }, stdio }));
}

function follow(child) {
  const forward = (signal) => {
    // Ctrl-C in a terminal reaches every process of the group by itself.
    if (signal === 'SIGINT' && process.stdin.isTTY) return;
    child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  // When npm is killed, or its shell, nobody tells us; a changed ancestor shows it, and the child stops in order.
  const ancestors = () => `${process.ppid} ${parentOf(process.ppid)}`;
  const before = ancestors();
  const orphaned = setInterval(() => {
    if (ancestors() === before) return;
    clearInterval(orphaned);
    child.kill('SIGTERM');
  }, 200);
  return new Promise((resolve) => {
    const done = (code) => {
      clearInterval(orphaned);
      for (const signal of signals) process.off(signal, forward);
      resolve(code);
    };
    child.once('error', (error) => {
      console.error(error.message);
      done(1);
    });
    child.once('exit', (code, signal) => done(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}

/** npm runs a script by a shell, so npm itself is our grandparent. Only where npm runs us: elsewhere a shell may end before us on purpose. */
function parentOf(pid) {
  if (!process.env.npm_lifecycle_event) return '';
  try {
    // After the name in parentheses, which may hold anything: the state, then the parent.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ')[1];
  } catch {
    return '';
  }
}
