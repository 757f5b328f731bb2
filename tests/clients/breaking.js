// Judges what the schema's changes break for clients: reads an older schema from its standard input,
// compares it with the committed one, and fails where something breaks. Until the first release this
// is asked by people (`just breaking`), not by CI.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

const path = fileURLToPath(new URL('../../schema/schema.graphql', import.meta.url));
const [before, after] = [0, path].map((of) => buildSchema(readFileSync(of, 'utf8')));
const changes = await diff(before, after);
for (const level of Object.values(CriticalityLevel)) {
  const found = changes.filter(({ criticality }) => criticality.level === level);
  console.log(`${level}: ${found.length}`);
  // Words that became clearer are counted, and not shown.
  if (level === CriticalityLevel.NonBreaking) continue;
  for (const { message, criticality } of found) {
    console.log(`  ${message}${criticality.reason ? ` (${criticality.reason})` : ''}`);
  }
}
const broken = changes.some(({ criticality }) => criticality.level === CriticalityLevel.Breaking);
process.exitCode = broken ? 1 : 0;
