// Caches that keep one object for each id: Apollo Client's and urql's graphcache. Two days of one
// convention must not meet there, whatever is asked in between, and neither cache may warn.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { Client, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { buildSchema, introspectionFromSchema, isObjectType } from 'graphql';
import { start } from './server.js';

const path = fileURLToPath(new URL('../../schema/schema.graphql', import.meta.url));
const schema = buildSchema(readFileSync(path, 'utf8'));
const nodes = schema.getPossibleTypes(schema.getType('Node')).map(({ name }) => name);
const objects = Object.values(schema.getTypeMap()).filter(
  (it) => isObjectType(it) && !it.name.startsWith('__'),
);
const values = objects.map(({ name }) => name).filter((name) => !nodes.includes(name));

let server, warnings, kept;
before(async () => {
  server = await start();
});
after(() => server?.stop());
beforeEach(() => {
  warnings = [];
  kept = { warn: console.warn, error: console.error };
  console.warn = (...said) => warnings.push(said.join(' '));
  console.error = (...said) => warnings.push(said.join(' '));
});
afterEach(() => {
  Object.assign(console, kept);
  assert.deepEqual(warnings, []);
});

const page = `query Page($asAt: Date) {
  convention(id: "ccm", asAt: $asAt) {
    id code asAt
    status { bound inForce }
    participants(first: 200) { nodes { id standing inForceFrom state { id code name } sources { cited } } }
    meeting(id: "7msp") { id title opensOn officers { id office state { id name } } }
    reserve { id target balance { lower upper } }
    history(last: 3) { nodes { id type position } }
  }
}`;
const one = `query One($id: ID!) { node(id: $id) { __typename id ... on Meeting { title opensOn plenaries } } }`;
const days = ['2010-08-01', '2017-09-06', '2019-01-01'];

async function keeps_days_apart(ask, ask_cache) {
  const answers = [];
  for (const asAt of days) answers.push(await ask(page, { asAt }));
  const seventh = answers[1].convention.meeting;
  assert.equal((await ask(one, { id: seventh.id })).node.title, seventh.title);
  const figures = answers.map(({ convention }) => convention.status.inForce);
  assert.deepEqual(figures, [30, 100, 103]);
  for (const [at, asAt] of days.entries()) {
    assert.deepEqual(await ask_cache(page, { asAt }), answers[at], asAt);
  }
}

test('Apollo Client keeps the days apart', async () => {
  const cache = new InMemoryCache({
    possibleTypes: { Node: nodes },
    // Values are kept within their objects, and one is not merged with another.
    typePolicies: Object.fromEntries(values.map((name) => [name, { keyFields: false }])),
  });
  const client = new ApolloClient({ cache, link: new HttpLink({ uri: server.url }) });
  const ask = (fetchPolicy) => async (query, variables) =>
    (await client.query({ query: gql(query), variables, fetchPolicy })).data;
  await keeps_days_apart(ask('network-only'), ask('cache-only'));
  client.stop();
});

test('urql with graphcache keeps the days apart', async () => {
  const client = new Client({
    url: server.url,
    preferGetMethod: false,
    exchanges: [
      cacheExchange({
        schema: introspectionFromSchema(schema),
        keys: Object.fromEntries(values.map((name) => [name, () => null])),
      }),
      fetchExchange,
    ],
  });
  const ask = (requestPolicy) => async (query, variables) => {
    const { data, error } = await client.query(query, variables, { requestPolicy }).toPromise();
    assert.equal(error, undefined);
    return structuredClone(data);
  };
  await keeps_days_apart(ask('network-only'), ask('cache-only'));
});
