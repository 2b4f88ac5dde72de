// jambonz: its own reader of verbs takes every document, and hooks signed as it documents are believed.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { documents } from './written.mjs';
import { openHouse, root, send } from './house.mjs';

const { validate } = createRequire(import.meta.url)('@jambonz/verb-specifications');
const silent = { info: () => {}, error: () => {}, debug: () => {} };

// A dialect that is among the names must show its documents; before that there is nothing to hold.
const spoken = /\("jambonz", &\[/.test(readFileSync(join(root, 'src/dialect/lib.rs'), 'utf8'));
export const notRun = spoken ? undefined : 'the dialect is not among the names of src/dialect/lib.rs';

const SECRET = 'a secret of the checks';

let number = 0;
/** A first hook of a new call, signed as jambonz signs: HMAC-SHA256 of time, dot and body. */
async function knock(house, { seconds = 0, secret = SECRET, more = '', unsigned = false } = {}) {
  const body = JSON.stringify({
    call_sid: `00000000-0000-4000-8000-${String(number += 1).padStart(12, '0')}`, account_sid: 'account',
    application_sid: 'application', direction: 'inbound', from: '+4570102030', to: '+15551234567', caller_name: '',
    call_id: 'a84b4c76e66710', sip_status: 100, sip_reason: 'Trying', call_status: 'trying', trace_id: 'trace',
    local_sip_address: '127.0.0.1:5060', originating_sip_ip: '127.0.0.1',
  });
  const time = Math.floor(Date.now() / 1000) + seconds;
  const hex = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
  const headers = { 'Content-Type': 'application/json', ...(unsigned ? {} : { 'Jambonz-Signature': `t=${time},v1=${hex}` }) };
  return send(house.base, '/voice/jambonz/small', { headers, body: body + more });
}

export const checks = [
  ['jambonz: its own reader takes every document', () => {
    const found = documents('jambonz-');
    const verbs = new Set();
    for (const document of found) {
      const read = JSON.parse(document);
      assert.ok(Array.isArray(read) && read.length > 0, document);
      validate(silent, read);
      for (const { verb } of read) verbs.add(verb);
    }
    return `${found.length} documents, ${verbs.size} verbs`;
  }],
  ['jambonz: its reader refuses what is broken or unknown', () => {
    for (const broken of [[{ verb: 'shout', text: 'a' }], [{ verb: 'play' }], [{ verb: 'gather', numDigits: 'two' }], { verb: 'say', text: 'a' }]) {
      assert.throws(() => validate(silent, broken), JSON.stringify(broken));
    }
  }],
  ['jambonz: believes what is signed as it documents, and nothing else', async () => {
    const house = await openHouse({
      jambonz: { dialect: 'jambonz', account: 'account', auth_token: SECRET, api_token: 'KEY', api_url: 'https://jambonz.example' },
    });
    const good = await knock(house);
    assert.equal(good.status, 200, good.body);
    validate(silent, JSON.parse(good.body));
    for (const change of [{ secret: 'another' }, { unsigned: true }, { more: ' ' }, { seconds: -3600 }]) {
      const refused = await knock(house, change);
      assert.equal(refused.status, 403, `${JSON.stringify(change)}: ${refused.status} ${refused.body}`);
    }
  }],
];
