// The audits of the GraphQL-over-HTTP specification by the package `graphql-http`: all must pass,
// the optional ones (SHOULD, MAY) among them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { serverAudits } from 'graphql-http';
import { start } from './server.js';

let server;
before(async () => {
  server = await start();
});
after(() => server?.stop());

const audits = serverAudits({ url: () => server.url, fetchFn: fetch });

test('the suite has the audits that it had', () => {
  assert.equal(audits.length, 61);
});

for (const audit of audits) {
  test(`${audit.id} ${audit.name}`, async () => {
    const result = await audit.fn();
    assert.equal(result.status, 'ok', result.reason);
  });
}
