// The committed schema: by the rules of @graphql-eslint, and compared by graphql-inspector with what
// the running server says of itself.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import graphqlEslint from '@graphql-eslint/eslint-plugin';
import { coverage, diff, validate } from '@graphql-inspector/core';
import { ESLint } from 'eslint';
import { Source, buildClientSchema, buildSchema, getIntrospectionQuery, isObjectType } from 'graphql';
import { documents } from './documents.js';
import { start } from './server.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const path = `${root}schema/schema.graphql`;
const committed = buildSchema(readFileSync(path, 'utf8'));

let server;
before(async () => {
  server = await start();
});
after(() => server?.stop());

// Objects without an identity of their own: a client's cache keeps them within the object that holds
// them. A new type is a `Node`, or stands here.
const values = [
  // Pages of lists.
  'PageInfo',
  ...['Change', 'Deadline', 'Decision', 'Document', 'Event', 'Mandate', 'Participant'].flatMap(
    (of) => [`${of}Connection`, `${of}Edge`],
  ),
  // Parts of an object.
  ...['Allocation', 'Approval', 'Arrear', 'BoundedAmount', 'CategoryRequest', 'Coverage'],
  ...['Dissociation', 'Finances', 'Fulfilment', 'Known', 'ProceduresAuthority', 'Rate', 'Source', 'Status'],
  // What recording came to.
  ...['Receipt', 'RecordPayload'],
  // What happened, as a subscription tells it.
  ...['StandingChange', 'StatusChange'],
  // What is computed for the question alone.
  ...['Change', 'ChangedValue', 'Difference', 'Input', 'Point', 'Share', 'Shares', 'Why'],
  // The log that answers.
  'Log',
];

const rules = {
  ...graphqlEslint.configs['flat/schema-all'].rules,
  ...graphqlEslint.configs['flat/schema-relay'].rules,
  '@graphql-eslint/strict-id-in-types': ['error', { exceptions: { types: values } }],
  // Flat lists stand beside connections, for clients that cannot follow cursors. What changed
  // between two points is a value, and comes in pages all the same.
  '@graphql-eslint/relay-edge-types': [
    'error',
    { listTypeCanWrapOnlyEdgeType: false, shouldImplementNode: false },
  ],
  '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
  // Mutations give the convention that was recorded for: everything is beneath it.
  '@graphql-eslint/require-field-of-type-query-in-mutation-result': 'off',
  // All roots are served.
  '@graphql-eslint/no-root-type': 'off',
  // Fields and values stand in the order of their subject.
  '@graphql-eslint/alphabetize': 'off',
  // An office is called `office`, by the same word as in record files.
  '@graphql-eslint/no-typename-prefix': 'off',
};

test('the schema keeps the rules of @graphql-eslint', async () => {
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: {
      files: ['**/*.graphql'],
      languageOptions: {
        parser: graphqlEslint.parser,
        parserOptions: { graphQLConfig: { schema: path } },
      },
      plugins: { '@graphql-eslint': graphqlEslint },
      rules,
    },
  });
  const [{ messages }] = await eslint.lintFiles([path]);
  const said = messages.map((it) => `${it.line}: ${it.message} (${it.ruleId})`);
  assert.deepEqual(said, []);
});

test('what has an id is a Node, and no value has one', () => {
  const objects = Object.values(committed.getTypeMap()).filter(
    (it) => isObjectType(it) && !it.name.startsWith('__'),
  );
  const nodes = objects.filter((it) => it.getInterfaces().some(({ name }) => name === 'Node'));
  const roots = ['Query', 'Mutation', 'Subscription'];
  for (const type of objects.filter(({ name }) => !roots.includes(name))) {
    const is_node = nodes.includes(type);
    assert.equal(is_node, 'id' in type.getFields(), type.name);
    assert.equal(is_node, !values.includes(type.name), type.name);
  }
});

test('the running server has the committed schema', async () => {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: getIntrospectionQuery({ specifiedByUrl: true, oneOf: true }) }),
  });
  const running = buildClientSchema((await response.json()).data);
  // A server tells of a type that it is a @oneOf, and not by which directive: compared below.
  const changes = (await diff(committed, running)).filter(
    ({ type }) => type !== 'DIRECTIVE_USAGE_INPUT_OBJECT_REMOVED',
  );
  assert.deepEqual(changes.map(({ message }) => message), []);
  const choices = (schema) =>
    Object.values(schema.getTypeMap()).filter(({ isOneOf }) => isOneOf).map(({ name }) => name);
  assert.ok(choices(committed).length > 0);
  assert.deepEqual(choices(running).sort(), choices(committed).sort());
});

test('every query of the documentation fits the schema', () => {
  const sources = documents().map(({ name, text }) => new Source(text, name));
  assert.ok(sources.length > 0);
  const invalid = validate(committed, sources, { strictFragments: false });
  assert.deepEqual(
    invalid.map(({ source, errors }) => [source.name, errors.map(({ message }) => message)]),
    [],
  );
  const { types } = coverage(committed, sources);
  const covered = Object.values(types).filter(({ hits }) => hits > 0).length;
  console.log(`they touch ${covered} of ${Object.keys(types).length} types`);
});
