// A typed client by graphql-codegen: generated from the committed schema, compiled by tsc with every
// check, run against the server. A client that asks for what is not there does not compile.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { generate } from '@graphql-codegen/cli';
import { documents } from './documents.js';
import { start } from './server.js';

const run = promisify(execFile);
const here = fileURLToPath(new URL('.', import.meta.url));
const tsc = join(here, 'node_modules/.bin/tsc');

// How the scalars of the schema come in JSON.
const text = ['Amount', 'Date', 'DateTime', 'Money', 'PartialDate', 'Percent', 'StateCode'];
const scalars = {
  ...Object.fromEntries(text.map((name) => [name, 'string'])),
  SafeInt: 'number',
  JSON: 'unknown',
};

let server, folder;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chancery-codegen-'));
  cpSync(join(here, 'codegen'), folder, { recursive: true });
  symlinkSync(join(here, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  // The questions of the documentation have types, too.
  const questions = documents().map(({ text }) => text);
  writeFileSync(join(folder, 'questions.graphql'), questions.join('\n'));
  await generate(
    {
      schema: join(here, '../../schema/schema.graphql'),
      documents: [join(folder, 'app.ts'), join(folder, 'questions.graphql')],
      silent: true,
      generates: {
        [join(folder, 'generated/')]: {
          preset: 'client',
          config: {
            scalars,
            strictScalars: true,
            documentMode: 'string',
            enumsAsTypes: true,
            useTypeImports: true,
          },
          presetConfig: { fragmentMasking: false },
        },
      },
      emitLegacyCommonJSImports: false,
    },
    true,
  );
  server = await start();
});
after(async () => {
  await server?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

test('the typed client compiles, and runs', async () => {
  await run(tsc, ['--project', folder], { cwd: folder });
  const { stdout } = await run(process.execPath, [join(folder, 'out/app.js'), server.url]);
  assert.deepEqual(JSON.parse(stdout), { inForce: 100, balance: 'CHF 365714', same: true });
});

test('what the schema does not say does not compile', async () => {
  for (const wrong of [
    `import type { OverdueQuery } from './generated/graphql.js';
     export const of = (it: OverdueQuery): number => it.convention.status.inForce;`,
    `import type { OverdueQuery } from './generated/graphql.js';
     export const of = (it: OverdueQuery): number | undefined => it.convention?.status.dissolved;`,
    `import type { OverdueQueryVariables } from './generated/graphql.js';
     export const of: OverdueQueryVariables = { convention: 'ccm', asAt: 2017 };`,
  ]) {
    writeFileSync(join(folder, 'wrong.ts'), wrong);
    await assert.rejects(run(tsc, ['--project', folder, '--noEmit'], { cwd: folder }), ({ stdout }) =>
      /wrong\.ts.*error TS/.test(stdout),
    );
  }
  rmSync(join(folder, 'wrong.ts'));
});
