// @ts-check
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');
const HEARTBEAT_MS = 20_000;

/** @param {number} since epoch ms @returns {string} like '12 s' */
export const secondsSince = (since) => `${Math.round((Date.now() - since) / 1000)} s`;

/**
 * Runs a program in the project folder.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string>, log?: string }} [options] log: a file for its output, which else goes to the terminal
 * @returns {Promise<number>} its exit code; 1 when a signal ended it, 127 when there is no such program
 */
export function run(program, args, { env = {}, log } = {}) {
  return new Promise((done) => {
    const child = spawn(program, args, {
      cwd: ROOT,
      // A log is read as plain text.
      env: { ...process.env, ...(log ? { NO_COLOR: '1', FORCE_COLOR: '0' } : {}), ...env },
      stdio: log ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      // npm and npx are .cmd files on Windows, which only a shell starts.
      shell: process.platform === 'win32' && !program.includes('node'),
    });
    if (log) {
      const file = createWriteStream(log);
      child.stdout?.pipe(file, { end: false });
      child.stderr?.pipe(file, { end: false });
      child.on('close', () => file.end());
    }
    child.on('error', () => {
      done(127);
    });
    child.on('close', (code) => {
      done(code ?? 1);
    });
  });
}

/**
 * Runs a program of node_modules/.bin through this Node, or a script of this project.
 * @param {string} script path in the project
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string>, log?: string }} [options]
 */
export const runNode = (script, args, options) => run(process.execPath, [resolve(ROOT, script), ...args], options);

/**
 * Prints a line while something takes long, so that a quiet minute does not look like a hang.
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withHeartbeat(what, work) {
  const started = Date.now();
  const timer = setInterval(() => {
    console.log(`  … ${what}, ${secondsSince(started)}`);
  }, HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
