// Whom a convention binds on a day, asked with JavaScript: node client.mjs [ADDRESS [CONVENTION [DAY]]]
const [address = 'http://127.0.0.1:8017/graphql', convention = 'ccm', day = '2017-09-06'] = process.argv.slice(2);

const query = `query ($convention: ID!, $day: Date) { convention(id: $convention, asAt: $day) {
  name status { bound inForce } participants(standing: PENDING) { nodes { state { name } inForceFrom } } } }`;

const response = await fetch(address, {
  method: 'POST',
  headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
  body: JSON.stringify({ query, variables: { convention, day } }),
});
const { data, errors } = await response.json();
if (errors) throw new Error(errors.map((it) => `${it.extensions.code}: ${it.message}`).join('\n'));

const { name, status, participants } = data.convention;
console.log(`${name}, ${day}: ${status.bound} bound, in force for ${status.inForce}`);
for (const { state, inForceFrom } of participants.nodes) console.log(`${state.name} from ${inForceFrom}`);
