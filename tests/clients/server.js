// A register of its own for a test: the fixtures recorded in a temporary folder, served at a free
// port of the loopback address, stopped and removed afterwards.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = process.env.CHANCERY ?? join(root, 'target/debug/chancery');

/** Starts a server; `url` is its GraphQL address. */
export async function start() {
  const data = mkdtempSync(join(tmpdir(), 'chancery-clients-'));
  execFileSync(program, ['--data', data, 'record', join(root, 'fixtures/ccm')], { stdio: 'pipe' });
  const child = spawn(program, ['--data', data, 'serve', '--listen', '127.0.0.1:0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const address = /http:\/\/\S+\/graphql/.exec(line);
      if (address) resolve(address[0]);
    });
    ended.then((code) => reject(new Error(`the server ended with ${code} before it listened`)));
  });
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}
