// Every request we send to the provider's REST side, held against the provider's own description of it.
//
// The description is the provider's and stays outside of the repository: HOTLINE_TWILIO_OPENAPI is the path of
// twilio_api_v2010.json (github.com/twilio/twilio-oai, spec/json).

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FORM, form, freePort, here, start, told } from './house.mjs';

const description = process.env.HOTLINE_TWILIO_OPENAPI ?? '';
export const notRun = description ? undefined : 'no OpenAPI file; set HOTLINE_TWILIO_OPENAPI';

const folder = join(here, 'prism');
const Authorization = `Basic ${Buffer.from('AC:t').toString('base64')}`;

let running;
/** Prism as the provider; resolves to where it listens, and to the description. */
async function prism() {
  running ??= (async () => {
    const described = JSON.parse(readFileSync(description, 'utf8'));
    const installed = spawnSync('npm', ['ci', '--silent', '--no-audit', '--no-fund'], { cwd: folder, encoding: 'utf8' });
    assert.equal(installed.status, 0, installed.stderr);
    const data = await mkdtemp(join(tmpdir(), 'hotline-prism-'));
    const copy = join(data, 'described.json');
    await writeFile(copy, JSON.stringify(withLists(described)));
    const port = await freePort();
    const program = join(folder, 'node_modules/@stoplight/prism-cli/dist/index.js');
    const close = () => rm(data, { recursive: true, force: true });
    await start(process.execPath, [program, 'mock', '-p', String(port), copy], /is listening on/, { close });
    return { base: `http://127.0.0.1:${port}`, described };
  })();
  return running;
}

const formOf = (operation) => operation?.requestBody?.content['application/x-www-form-urlencoded'];

/**
 * Prism keeps only the last of a field that is sent several times, which is how the provider wants a list. To have the
 * values checked nevertheless, lists travel here, and only here, as one field with commas; the copy says so.
 */
function withLists(described) {
  const copy = structuredClone(described);
  for (const path of Object.values(copy.paths)) {
    const content = formOf(path.post);
    const lists = Object.entries(content?.schema.properties ?? {}).filter(([, schema]) => schema.type === 'array');
    if (lists.length) content.encoding = Object.fromEntries(lists.map(([name]) => [name, { style: 'form', explode: false }]));
  }
  return copy;
}

/** Names of fields that the description does not know: prism overlooks them. */
async function unknown({ method, path, fields }) {
  const { described } = await prism();
  const [bare, query = ''] = path.split('?');
  const pattern = (template) => new RegExp(`^${template.replace(/[.]/g, '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`);
  const found = Object.entries(described.paths).filter(([template]) => pattern(template).test(bare));
  assert.equal(found.length, 1, `${bare} is described by ${found.length} paths`);
  const operation = found[0][1][method.toLowerCase()];
  const known = [
    ...Object.keys(formOf(operation)?.schema.properties ?? {}), ...(operation?.parameters ?? []).map(({ name }) => name),
  ];
  const sent = [...fields.map(([name]) => name), ...new URLSearchParams(query).keys()];
  return sent.filter((name) => !known.includes(name));
}

async function asked({ method, path, fields }) {
  const names = [...new Set(fields.map(([name]) => name))];
  const joined = names.map((name) => [name, fields.filter(([other]) => other === name).map(([, value]) => value).join(',')]);
  const body = method === 'POST' ? form(Object.fromEntries(joined)) : undefined;
  const headers = { Authorization, Accept: 'application/json', ...(body === undefined ? {} : FORM) };
  const { base } = await prism();
  const reply = await fetch(`${base}${path}`, { method, headers, body });
  return { status: reply.status, text: await reply.text() };
}

export const checks = [
  ['rest: every request is as the provider describes it', async () => {
    const { requests } = told();
    const refused = [];
    for (const request of requests) {
      const { status, text } = await asked(request);
      if (status >= 300) refused.push(`${request.purpose}: ${status} ${text}`);
      for (const name of await unknown(request)) refused.push(`${request.purpose}: there is no field ${name}`);
    }
    assert.deepEqual(refused, []);
    return `${requests.length} requests`;
  }],
  ['rest: the description refuses what is wrong', async () => {
    const placed = told().requests.find(({ purpose }) => purpose === 'place a call');
    const without = (name) => ({ ...placed, fields: placed.fields.filter(([known]) => known !== name) });
    const elsewhere = { ...placed, path: placed.path.replace(/AC[0-9a-f]{32}/, 'AC1') };
    const more = (...field) => ({ ...placed, fields: [...placed.fields, field] });
    const loud = more('StatusCallbackMethod', 'SHOUT');
    for (const wrong of [without('To'), without('From'), elsewhere, loud, more('TimeLimit', 'long')]) {
      const { status } = await asked(wrong);
      assert.ok(status >= 400, `${wrong.path} ${JSON.stringify(wrong.fields)}: ${status}`);
    }
    assert.deepEqual(await unknown(more('StatusCallbackEvents', 'ringing')), ['StatusCallbackEvents']);
  }],
];
