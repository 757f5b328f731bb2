// The schema by the rules of Relay: relay-compiler compiles an application's queries against it, and
// relay-runtime runs what came out against the server: pages in both directions, objects fetched
// again by their ids, and two days kept apart in one store.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import relay from 'relay-runtime';
import { start } from './server.js';

const { Environment, Network, RecordSource, Store, createOperationDescriptor, fetchQuery, getSelector } =
  relay;
const here = fileURLToPath(new URL('.', import.meta.url));
const compiler = createRequire(import.meta.url)('relay-compiler');

let server, folder, artifact, environment;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chancery-relay-'));
  cpSync(join(here, 'relay'), folder, { recursive: true });
  cpSync(join(here, '../../schema/schema.graphql'), join(folder, 'schema.graphql'));
  mkdirSync(join(folder, '__generated__'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }');
  execFileSync(compiler, ['relay.config.json'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  const require = createRequire(join(folder, '__generated__/'));
  artifact = (name) => require(`./${name}.graphql.js`);
  server = await start();
  environment = new Environment({ network: Network.create(ask), store: new Store(new RecordSource()) });
});

after(async () => {
  await server?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

async function ask({ text }, variables) {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query: text, variables }),
  });
  const answer = await response.json();
  assert.equal(answer.errors, undefined, JSON.stringify(answer.errors));
  return answer;
}

/** Runs a compiled query into the store, and gives what the page reads. */
async function load(name, variables) {
  const data = await fetchQuery(environment, artifact(name), variables).toPromise();
  const operation = createOperationDescriptor(artifact(name), variables);
  environment.retain(operation);
  return data;
}

/** What a component reads through its fragment. */
function read(name, reference) {
  const snapshot = environment.lookup(getSelector(artifact(name), reference));
  assert.equal(snapshot.isMissingData, false, `${name}: data is missing in the store`);
  return snapshot.data;
}

const asAt = '2017-09-06';

test('a page is read from the store through its fragments', async () => {
  const { convention } = await load('dashboardQuery', { convention: 'ccm', asAt, count: 30 });
  assert.deepEqual(read('dashboardStatus', convention).status, { bound: 102, inForce: 100 });
  const page = read('dashboardParticipants', convention).participants;
  assert.equal(page.edges.length, 30);
  assert.equal(page.totalCount, 100);
  assert.equal(read('dashboardParticipant', page.edges[0].node).standing, 'IN_FORCE');
});

test('the next pages are appended until there is none', async () => {
  const { convention } = await load('dashboardQuery', { convention: 'ccm', asAt, count: 30 });
  let page = read('dashboardParticipants', convention).participants;
  let pages = 1;
  while (page.pageInfo.hasNextPage) {
    // As usePaginationFragment does: the object's id, and the cursor of the last page.
    await load('dashboardParticipantsPaginationQuery', {
      id: convention.id,
      count: 30,
      cursor: page.pageInfo.endCursor,
    });
    page = read('dashboardParticipants', convention).participants;
    pages += 1;
  }
  const codes = page.edges.map(({ node }) => read('dashboardParticipant', node).state.code);
  assert.equal(pages, 4);
  assert.equal(new Set(codes).size, 100);
});

test('a list grows at both of its ends', async () => {
  const { convention } = await load('dashboardQuery', { convention: 'ccm', asAt });
  const positions = () =>
    read('dashboardHistory', convention).history.edges.map(({ node }) => node.position);
  const newest = positions();
  assert.equal(newest.length, 10);
  const { pageInfo } = read('dashboardHistory', convention).history;
  assert.deepEqual([pageInfo.hasPreviousPage, pageInfo.hasNextPage], [true, false]);
  await load('dashboardHistoryPaginationQuery', {
    id: convention.id,
    last: 5,
    before: pageInfo.startCursor,
  });
  const grown = positions();
  assert.equal(grown.length, 15);
  assert.deepEqual(grown.slice(5), newest);
  assert.deepEqual([...grown].sort((a, b) => a - b), grown);
});

test('one object is fetched again by its id, on its own day', async () => {
  const { convention } = await load('dashboardQuery', { convention: 'ccm', asAt });
  const { meeting } = convention;
  const { node } = await load('dashboardMeetingRefetchQuery', { id: meeting.id });
  assert.equal(read('dashboardMeeting', node).opensOn, '2018-09-03');
});

test('several objects are fetched by their ids, in their order', async () => {
  const { convention } = await load('dashboardQuery', { convention: 'ccm', asAt });
  const { edges } = read('dashboardParticipants', convention).participants;
  const ids = [edges[0].node.id, convention.meeting.id, edges[1].node.id];
  const { nodes } = await load('dashboardNodesQuery', { ids });
  assert.deepEqual(nodes.map((node) => node.id), ids);
  assert.equal(read('dashboardMeeting', nodes[1].meeting).title, 'Eighth Meeting of States Parties');
});

test('two days of one convention are two records of the store', async () => {
  const days = ['2010-08-01', '2017-09-06'];
  const read_on = async (day) => {
    const { convention } = await load('dashboardQuery', { convention: 'ccm', asAt: day });
    return convention;
  };
  const [early, late] = [await read_on(days[0]), await read_on(days[1])];
  assert.notEqual(early.id, late.id);
  assert.equal(early.code, late.code);
  // Read after both have come in.
  assert.equal(read('dashboardStatus', early).status.inForce, 30);
  assert.equal(read('dashboardStatus', late).status.inForce, 100);
});
