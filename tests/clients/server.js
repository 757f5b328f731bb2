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

/** Starts a server; `url` is its GraphQL address. */
export async function start() {
  const data = mkdtempSync(join(tmpdir(), 'chancery-clients-'));
  const record = (...files) =>
    execFileSync(program, ['--data', data, 'record', ...files], { stdio: 'pipe' });
  record(join(root, 'fixtures/ccm'));
  let server = await serve(data, 0);
  const { url } = server;
  return {
    url,
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
