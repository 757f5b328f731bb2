// The clients of docs/clients, run as a reader would run them.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { start } from './server.js';

const run = promisify(execFile);
const folder = fileURLToPath(new URL('../../docs/clients/', import.meta.url));
const clients = {
  curl: ['sh', 'client.sh'],
  JavaScript: [process.execPath, 'client.mjs'],
  Python: ['python3', 'client.py'],
  R: ['Rscript', 'client.R'],
};

let server;
before(async () => {
  server = await start();
});
after(() => server?.stop());

for (const [name, [program, file]] of Object.entries(clients)) {
  const ask = (...given) => run(program, [folder + file, server.url, ...given]);

  test(`${name} asks and shows the answer`, async () => {
    const { stdout } = await ask('ccm', '2017-09-06');
    for (const said of ['Convention on Cluster Munitions', '102', '100', 'Benin', '2017-11-01']) {
      assert.ok(stdout.includes(said), stdout);
    }
    const later = await ask('ccm', '2018-01-01');
    assert.ok(!later.stdout.includes('Benin'), later.stdout);
  });

  test(`${name} fails where the answer is an error`, async () => {
    await assert.rejects(ask('ccm', 'yesterday'), ({ stdout, stderr }) =>
      /`yesterday`/.test(stdout + stderr),
    );
  });

  test(`${name} needs about twenty lines`, () => {
    const lines = readFileSync(folder + file, 'utf8').split('\n');
    assert.ok(lines.length <= 26, `${lines.length} lines`);
  });
}
