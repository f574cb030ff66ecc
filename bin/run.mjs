/** Running a part of Quarterhour as a child process that lives and dies with this one. */
import { spawn } from 'node:child_process';
import { nodeProgram, root } from './install.mjs';

/** Starts Node with these arguments; resolves with its exit code. */
export function runNode(args, { env = {}, cwd = root, stdio = 'inherit' } = {}) {
  return follow(spawn(nodeProgram(), args, { cwd, env: { ...process.env, ...env }, stdio }));
}

function follow(child) {
  const forward = (signal) => {
    // Ctrl-C in a terminal reaches every process of the group by itself.
    if (signal === 'SIGINT' && process.stdin.isTTY) return;
    child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  // When npm is killed outright nobody tells us; a changed parent shows it, and the server stops in order.
  const parent = process.ppid;
  const orphaned = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(orphaned);
    child.kill('SIGTERM');
  }, 500);
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
