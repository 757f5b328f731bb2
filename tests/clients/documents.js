// The GraphQL documents that the documentation and these tests hold.

import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Each with a name that says where it stands. */
export function documents() {
  const files = readdirSync(`${root}docs`).filter((name) => name.endsWith('.md'));
  return files.flatMap((name) => {
    const text = readFileSync(`${root}docs/${name}`, 'utf8');
    const blocks = [...text.matchAll(/^```graphql\n(.*?)^```/gms)];
    return blocks.map(([, text], at) => ({ name: `docs/${name} ${at + 1}`, text }));
  });
}
