// A register of its own for a test: the fixtures recorded in a temporary folder, served at a free
// port of the loopback address, stopped and removed afterwards.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = process.env.CHANCERY ?? join(root, 'target/debug/chancery');

/** Starts a server; `url` is its GraphQL address, `key` one that may record treaty actions. */
export async function start() {
  const data = mkdtempSync(join(tmpdir(), 'chancery-clients-'));
  const run = (...args) => execFileSync(program, ['--data', data, ...args], { stdio: 'pipe' });
  const record = (...files) => run('record', ...files);
  record(join(root, 'fixtures/ccm'));
  const [key] = /chancery_[0-9a-f]{64}/.exec(run('key', 'add', 'un', '--role', 'depositary'));
  let server = await serve(data, 0);
  const { url } = server;
  return {
    url,
    key,
    /** Ends the server, has `between` record meanwhile, and serves again at the same address. */
    async restart(signal, between) {
      await server.end(signal);
      between((name, text) => {
        const file = join(data, '..', `${basename(data)}-${name}`);
        writeFileSync(file, text);
        record(file);
        rmSync(file);
      });
      server = await serve(data, new URL(url).port);
    },
    async stop() {
      await server.end('SIGTERM');
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function serve(data, port) {
  const child = spawn(program, ['--data', data, 'serve', '--listen', `127.0.0.1:${port}`], {
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
    async end(signal) {
      child.kill(signal);
      await ended;
    },
  };
}
