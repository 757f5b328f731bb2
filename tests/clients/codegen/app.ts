// A typed client, as one is written with graphql-codegen: the types of variables and answers come
// from the schema. The test generates them, compiles this strictly, and runs it against a server.

import { graphql } from './generated/gql.js';
import type { TypedDocumentString } from './generated/graphql.js';

async function ask<Answer, Variables>(
  url: string,
  query: TypedDocumentString<Answer, Variables>,
  variables: Variables,
): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query: query.toString(), variables }),
  });
  const { data, errors } = (await response.json()) as {
    data: Answer;
    errors?: { message: string; extensions: { code: string } }[];
  };
  if (errors) throw new Error(errors.map((it) => `${it.extensions.code}: ${it.message}`).join('\n'));
  return data;
}

const overdue = graphql(`
  query Overdue($convention: ID!, $asAt: Date) {
    convention(id: $convention, asAt: $asAt) {
      code
      status {
        inForce
      }
      deadlines(status: [OVERDUE, NOT_RECORDED, DUE], first: 5) {
        nodes {
          id
          dueOn
          status
          daysLate
          state {
            name
          }
        }
      }
      reserve {
        balance {
          lower
          upper
        }
      }
    }
  }
`);

const meeting = graphql(`
  query Meeting($id: ID!) {
    node(id: $id) {
      __typename
      ... on Deadline {
        obligationName
        dueOn
      }
    }
  }
`);

const url = process.argv[2];
if (url === undefined) throw new Error('give the address of the server');
const { convention } = await ask(url, overdue, { convention: 'ccm', asAt: '2017-09-06' });
if (!convention) throw new Error('there is no such convention');
// What the schema says may be null must be looked at; what it says is a number is one.
const inForce: number = convention.status.inForce;
const balance: string = convention.reserve?.balance?.lower ?? 'not known';
const first = convention.deadlines.nodes[0];
if (!first) throw new Error('nothing is due');
const dueOn: string = first.dueOn;
const again = await ask(url, meeting, { id: first.id });
if (again.node?.__typename !== 'Deadline') throw new Error('this is no deadline');
console.log(JSON.stringify({ inForce, balance, same: again.node.dueOn === dueOn }));
