// Hooks signed by somebody else's code are believed, and only as they were signed; what we sign, others believe.

import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import assert from 'node:assert/strict';
import plivo from 'plivo';
import twilio from 'twilio';
import { FORM, form, openHouse, send, told } from './house.mjs';
import { action, read } from './markup.mjs';

const TOKEN = 'a secret of the checks';
const ACCOUNT = 'AC0123456789abcdef0123456789abcdef';
const telnyx = generateKeyPairSync('ed25519');
// The last 32 bytes of the key's DER form are the key itself, which is what the portal shows.
const telnyxKey = telnyx.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64');

const twiml = (profile, more = {}) => ({ dialect: 'twiml', profile, account: ACCOUNT, auth_token: TOKEN, ...more });
const PROVIDERS = {
  generic: twiml('generic'),
  twilio: twiml('twilio'),
  signalwire: twiml('signalwire', { api_url: 'https://space.signalwire.com', api_token: 'PT' }),
  somleng: twiml('somleng'),
  telnyx: twiml('telnyx', { account: 'account/application', auth_token: telnyxKey, api_token: 'KEY' }),
  freeswitch: { dialect: 'httapi', profile: 'freeswitch', account: 'hotline', auth_token: TOKEN },
};

let number = 0;
/** The fields of a first hook of a new call. */
const fields = (more = {}) => ({
  CallSid: `CA${String(number += 1).padStart(32, '0')}`, AccountSid: ACCOUNT, From: '+4570102030', To: '+15551234567',
  CallStatus: 'ringing', Direction: 'inbound', ApiVersion: '2010-04-01', ...more,
});

const houses = new Map();
/** The house that is known to the world as `publicUrl`; '' for where it listens. */
async function house(publicUrl = '') {
  if (!houses.has(publicUrl)) houses.set(publicUrl, await openHouse(PROVIDERS, { publicUrl }));
  return houses.get(publicUrl);
}

/** Signs what stands at `base` + target by the official library and sends it; `change` tampers with it. */
async function knock(at, provider, target, sent, { base = at.public, header = 'X-Twilio-Signature', change = {} } = {}) {
  const signature = twilio.getExpectedTwilioSignature(change.token ?? TOKEN, base + target, sent);
  const body = form({ ...sent, ...change.fields });
  const headers = { ...FORM, ...(change.unsigned ? {} : { [header]: signature }) };
  return send(at.base, change.target ?? target, { headers, body });
}

/** A signed hook is answered with a document, each tampered one with 403. */
async function believes(at, provider, options = {}) {
  const target = `/voice/${provider}/small`;
  const good = await knock(at, provider, target, fields(), options);
  assert.equal(good.status, 200, good.body);
  assert.match(good.headers['content-type'], /^text\/xml/);
  assert.ok(read(good.body).length > 0);
  for (const change of [
    { token: 'another secret' }, { unsigned: true }, { fields: { From: '+4570102031' } }, { fields: { More: '1' } },
    { target: `${target}?more=1` },
  ]) {
    const refused = await knock(at, provider, target, fields(), { ...options, change });
    assert.equal(refused.status, 403, `${JSON.stringify(change)}: ${refused.body}`);
  }
}

const ODD_TARGETS = [
  '?foo=1&bar=2', '?foo=hello%20world&bar=test%2Bvalue', '?type=it+counts', '?a%C3%B1o=2023', '?a=1&a=2', '?empty=', '?',
  '?next=https%3A%2F%2Fh.example%2F%3Fa%3Db%26c',
];
const ODD_FIELDS = [
  { Digits: ['5678', '1234', '1234'] }, { Sid: 'CA123', SidAccount: 'AC123' }, { CallerName: '', FromCity: '' },
  { CallerName: 'Hello & goodbye! @#$%^*() <b>"\'' }, { FromCity: '济南 ñáéíóú Ærø 🙂' },
  { callsid: 'lower', CALLSID: 'all caps' }, { Reason: 'Participant', ReasonConferenceEnded: 'test' },
  { CallToken: '%7B%22a%22%3A%22b%22%7D+ ' },
];

// A scheme that none of our dialects uses: HMAC-SHA256 over the sorted address, the sorted fields and a nonce.
const PLIVO = {
  url: 'https://answer.example.com/plivo/?b=2&a=1', nonce: '12345', token: 'my_auth_token',
  fields: { CallUUID: '97ceeb52-58b6-11e1-86da-77300b68f8bb', From: '14155551212', To: '8612320', Digits: '1' },
  signature: 'FJph+LowHfC0XVOc+0Hsr0yYLaBj3Yadsr5zzS/M1qs=',
};

/** The signature of that scheme; the official package can only check one. */
function nonceSignature(url, nonce, token, sent) {
  const { origin, pathname, searchParams } = new URL(url);
  const query = [...searchParams].map(([name, value]) => `${name}=${value}`).sort().join('&');
  const posted = Object.keys(sent).sort().map((name) => name + sent[name]).join('');
  const base = `${origin}${pathname}?${query}${query ? '.' : ''}${posted}.${nonce}`;
  return createHmac('sha256', token).update(base).digest('base64');
}

const forms = ['generic', 'twilio', 'somleng'].map((profile) => [
  `${profile}: believes what the official library signs, and nothing else`,
  async () => believes(await house(), profile),
]);

export const checks = [
  ...forms,
  ['signalwire: believes its own header', async () => {
    await believes(await house(), 'signalwire', { header: 'X-SignalWire-Signature' });
  }],
  ['twilio: odd addresses are believed as they were written', async () => {
    for (const publicUrl of ['', 'https://hotline.example', 'https://hotline.example:8443']) {
      const at = await house(publicUrl);
      for (const odd of ODD_TARGETS) {
        const answer = await knock(at, 'twilio', `/voice/twilio/small${odd}`, fields());
        assert.equal(answer.status, 200, `${at.public} ${odd}: ${answer.body}`);
      }
    }
    return `${3 * ODD_TARGETS.length} addresses`;
  }],
  ['twilio: odd fields are believed as they were sent', async () => {
    const at = await house();
    for (const odd of ODD_FIELDS) {
      const answer = await knock(at, 'twilio', '/voice/twilio/small', fields(odd));
      assert.equal(answer.status, 200, `${JSON.stringify(odd)}: ${answer.body}`);
    }
    return `${ODD_FIELDS.length} forms`;
  }],
  ['twilio: the port of https may be signed or not', async () => {
    const at = await house('https://hotline.example');
    for (const base of ['https://hotline.example', 'https://hotline.example:443']) {
      const answer = await knock(at, 'twilio', '/voice/twilio/small', fields(), { base });
      assert.equal(answer.status, 200, `${base}: ${answer.body}`);
    }
    const other = await knock(at, 'twilio', '/voice/twilio/small', fields(), { base: 'https://elsewhere.example' });
    assert.equal(other.status, 403, other.body);
  }],
  ['twilio: a call goes on with signed keys to the action of each document', async () => {
    const at = await house();
    const call = fields();
    const first = await knock(at, 'twilio', '/voice/twilio/small', call);
    const [gather] = read(first.body).filter((element) => element.nodeName === 'Gather');
    assert.ok(gather, first.body);
    const next = await knock(at, 'twilio', action(first.body), { ...call, Digits: '2' });
    assert.equal(next.status, 200, next.body);
    assert.match(read(next.body).map((element) => element.textContent).join(' '), /call you back/);
    const away = action(first.body).replace(/(t=)(.)/, (_, name, letter) => name + (letter === 'A' ? 'B' : 'A'));
    const forged = await knock(at, 'twilio', away, { ...call, Digits: '2' });
    assert.notEqual(forged.body, next.body);
  }],
  ['telnyx: believes Ed25519 of a foreign key pair, not late, not changed, not another key', async () => {
    const at = await house();
    const hook = async (more = {}) => {
      const body = form(fields());
      const time = String(Math.floor(Date.now() / 1000) + (more.seconds ?? 0));
      const signature = sign(null, `${time}|${body}`, more.key ?? telnyx.privateKey).toString('base64');
      const headers = { ...FORM, 'telnyx-signature-ed25519': signature, 'telnyx-timestamp': more.time ?? time };
      return send(at.base, '/voice/telnyx/small', { headers, body: body + (more.body ?? '') });
    };
    const good = await hook();
    assert.equal(good.status, 200, good.body);
    assert.ok(read(good.body).length > 0);
    const other = generateKeyPairSync('ed25519').privateKey;
    for (const more of [{ seconds: -3600 }, { seconds: 3600 }, { body: '&a=1' }, { key: other }, { time: '1' }]) {
      assert.equal((await hook(more)).status, 403, JSON.stringify({ ...more, key: undefined }));
    }
  }],
  ['freeswitch: believes user and password only', async () => {
    const at = await house();
    const knockAs = (password) => {
      const headers = { ...FORM, Authorization: `Basic ${Buffer.from(`hotline:${password}`).toString('base64')}` };
      const body = form({
        session_id: `00000000-0000-4000-8000-${String(number += 1).padStart(12, '0')}`, hostname: 'switch',
        'Caller-Direction': 'inbound', 'Caller-Caller-ID-Number': '+4570102030',
        'Caller-Destination-Number': '+15551234567',
      });
      return send(at.base, '/voice/freeswitch/small', { headers, body });
    };
    const good = await knockAs(TOKEN);
    assert.equal(good.status, 200, good.body);
    assert.match(good.body, /<document type="xml\/freeswitch-httapi">/);
    assert.equal((await knockAs('another')).status, 403);
  }],
  ['plivo-style: a hook that the official package believes opens no door of ours', async () => {
    const { url, nonce, token, fields: sent, signature } = PLIVO;
    assert.equal(nonceSignature(url, nonce, token, sent), signature, 'the known vector');
    const valid = (given, nonceGiven = nonce) => plivo.validateV3Signature('POST', url, nonceGiven, token, given, { ...sent });
    assert.ok(valid(signature) && valid(`another=,${signature}`), 'one of a list is enough');
    assert.ok(!valid(signature, '12346') && !valid(signature.replace('F', 'G')));
    const at = await house();
    for (const provider of Object.keys(PROVIDERS)) {
      const target = `/voice/${provider}/small`;
      const fresh = fields();
      const foreign = nonceSignature(at.public + target, nonce, TOKEN, fresh);
      assert.ok(plivo.validateV3Signature('POST', at.public + target, nonce, TOKEN, foreign, { ...fresh }));
      for (const header of ['X-Plivo-Signature-V3', 'X-Twilio-Signature', 'X-SignalWire-Signature']) {
        const headers = { ...FORM, [header]: foreign, 'X-Plivo-Signature-V3-Nonce': nonce };
        const refused = await send(at.base, target, { headers, body: form(fresh) });
        assert.equal(refused.status, 403, `${provider} ${header}: ${refused.body}`);
      }
    }
    return `${Object.keys(PROVIDERS).length} providers`;
  }],
  ['our own signatures are believed by the official library', () => {
    const { signatures } = told();
    assert.ok(signatures.length > 0);
    for (const { url, fields: sent, token, signature } of signatures) {
      const params = {};
      for (const [name, value] of sent) params[name] = name in params ? [params[name], value].flat() : value;
      assert.ok(twilio.validateRequest(token, signature, url, params), `${url} ${JSON.stringify(sent)}`);
      assert.ok(!twilio.validateRequest(`${token}.`, signature, url, params), url);
    }
    return `${signatures.length} signatures`;
  }],
];
