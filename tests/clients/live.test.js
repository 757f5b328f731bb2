// Subscriptions with the packages `graphql-ws` and `graphql-sse`: across restarts of the server, and
// as docs/live.md shows them.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { EventSource } from 'eventsource';
import { createClient as createSse } from 'graphql-sse';
import { createClient as createWs } from 'graphql-ws';
import { WebSocket } from 'ws';
import { start } from './server.js';

const docs = readFileSync(new URL('../../docs/live.md', import.meta.url), 'utf8');
const AFTER = 440;
const FOLLOW = `subscription ($after: SafeInt) {
  events(convention: "ccm", after: $after) { position type }
}`;

let server;
before(async () => {
  server = await start();
});
after(() => server?.stop());

const often = { retryAttempts: 50, shouldRetry: () => true };
const soon = () => new Promise((resolve) => setTimeout(resolve, 100));
const clients = {
  'graphql-ws': () =>
    createWs({
      url: server.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      retryWait: soon,
      ...often,
    }),
  'graphql-sse': () => createSse({ url: server.url, retry: soon, ...often }),
};

/** One answer. */
async function ask(client, query) {
  for await (const answer of client.iterate({ query })) return answer;
  return undefined;
}

async function positions() {
  const query = `{ convention(id: "ccm", asAt: "2100-01-01") {
    history(last: 1000) { nodes { position } } } }`;
  const response = await fetch(`${server.url}?query=${encodeURIComponent(query)}`);
  const { data } = await response.json();
  return data.convention.history.nodes
    .map(({ position }) => position)
    .filter((position) => position > AFTER);
}

/** A record file with so many facts. */
function facts(name, number) {
  const lines = Array.from(
    { length: number },
    (_, at) => `  - { para: ${at}, decided: { id: ${name}-${at}, verb: noted, summary: fact ${at} } }`,
  );
  return `convention: ccm\nsource: ${name}\nrecorded_by: isu\non: 2020-01-01\nfacts:\n${lines.join('\n')}\n`;
}

for (const [name, create] of Object.entries(clients)) {
  test(`${name} asks queries, and hears what is wrong`, async () => {
    const client = create();
    const { data } = await ask(client, '{ convention(id: "ccm", asAt: "2017-09-06") { status { inForce } } }');
    assert.equal(data.convention.status.inForce, 100);
    // One throws the errors, the other hands them on as an answer.
    const refused = await ask(client, 'subscription { events(convention: "x") { position } }').catch(
      (errors) => ({ errors }),
    );
    assert.equal(refused.errors[0].extensions.code, 'BAD_USER_INPUT');
    client.dispose();
  });

  test(`${name} follows across restarts, without gap or repeat`, async () => {
    const client = create();
    const request = { query: FOLLOW, variables: { after: AFTER } };
    const seen = [];
    let heard = () => {};
    const ended = new Promise((resolve, reject) => {
      client.subscribe(request, {
        next({ data, errors }) {
          if (errors) return reject(new Error(JSON.stringify(errors)));
          request.variables.after = data.events.position;
          seen.push(data.events.position);
          heard();
        },
        error: reject,
        complete: resolve,
      });
    });
    const hear = (number) =>
      Promise.race([
        ended.then(() => assert.fail('it completed')),
        new Promise((resolve) => {
          heard = () => seen.length >= number && resolve();
          heard();
        }),
      ]);
    const before = (await positions()).length;
    await hear(before);
    await server.restart('SIGTERM', (record) => record(`${name}-1.yaml`, facts(`${name}-1`, 60)));
    await hear(before + 60);
    await server.restart('SIGKILL', (record) => record(`${name}-2.yaml`, facts(`${name}-2`, 60)));
    await hear(before + 120);
    assert.deepEqual(seen, await positions());
    client.dispose();
  });
}

test('graphql-ws has several operations on one socket, and leaves one', async () => {
  const client = clients['graphql-ws']();
  const first = client.iterate({ query: FOLLOW, variables: { after: AFTER } });
  const second = client.iterate({ query: 'subscription { statusChanged(convention: "ccm", after: 0) { now { bound } } }' });
  assert.equal((await first.next()).value.data.events.position, AFTER + 1);
  assert.equal((await second.next()).value.data.statusChanged.now.bound, 112);
  await second.return();
  assert.equal((await first.next()).value.data.events.position, AFTER + 2);
  client.dispose();
});

/** The blocks of the page that are said to be run, in a language. */
const shown = (language) => {
  const block = new RegExp(`<!-- tests/clients runs this -->\n\`\`\`${language}\n(.*?)\`\`\``, 's');
  const [, text] = block.exec(docs);
  return text.replaceAll('127.0.0.1:8017', new URL(server.url).host);
};

/** The first lines that a program prints. */
async function lines(number, program, ...args) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const found = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (found.push(line) === number) break;
  }
  child.kill();
  return found;
}

test('the JavaScript of docs/live.md runs as it stands', async () => {
  // Where packages are found from, and where browsers and later releases of Node.js have one.
  const folder = fileURLToPath(new URL('node_modules/.cache/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  const file = `${folder}live.mjs`;
  const socket = `import { WebSocket } from 'ws';\nglobalThis.WebSocket ??= WebSocket;\n`;
  writeFileSync(file, socket + shown('js'));
  const [first] = await lines(1, process.execPath, file);
  rmSync(file);
  assert.match(first, /^1 membership\.\w+ .*\S/);
});

test('the EventSource of docs/live.md runs in a page of the server', async () => {
  const snippet = docs.split('```js\n').find((text) => text.includes('new EventSource'));
  class Page extends EventSource {
    constructor(path) {
      super(new URL(path, server.url));
    }
  }
  let source, log;
  const told = new Promise((resolve) => {
    log = resolve;
  });
  const run = new Function('EventSource', 'console', `${snippet.split('```')[0]}; return source;`);
  try {
    source = run(Page, { log });
    const deposits = ['TUR', 'ARG', 'CHN', 'FIN', 'USA', 'POL', 'ROU', 'GRC', 'EST', 'LVA'];
    // It is told of what happens from when it is connected, which nobody says: so one by one.
    for (const state of deposits) {
      await acceded(state);
      if (await Promise.race([told, soon().then(() => false)])) break;
    }
    const { statusChanged } = (await told).data;
    assert.ok(statusChanged.now.bound > statusChanged.now.inForce);
    const [change] = statusChanged.changes;
    assert.ok(change.state.name);
    assert.equal(change.now, 'PENDING');
  } finally {
    source?.close();
  }
});

/** Records that a State acceded today: the convention is in force for it half a year later. */
async function acceded(state) {
  const on = new Date().toISOString().slice(0, 10);
  const fact = { acceded: { state, on } };
  const input = { convention: 'ccm', source: `a letter of ${state}`, on };
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      query: `mutation ($input: RecordInput!) { record(input: $input) { receipt { facts } } }`,
      variables: { input: { ...input, facts: [{ place: { entry: state }, fact }] } },
    }),
  });
  const { data, errors } = await response.json();
  assert.equal(data?.record.receipt.facts, 1, JSON.stringify(errors));
}

test('the curl of docs/live.md runs and says what is shown', async () => {
  const [, said] = /```text\n(event: next.*?)```/s.exec(docs);
  const printed = await lines(3, 'sh', '-c', `exec ${shown('sh')}`);
  assert.equal(`${printed.join('\n')}\n`, said);
});
