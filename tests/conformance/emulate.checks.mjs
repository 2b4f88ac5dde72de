// A provider that others wrote: it rings us, tells us how calls stand, and takes our requests.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import twilio from 'twilio';
import { FORM, form, freePort, here, openHouse, send, start } from './house.mjs';
import { action, read } from './markup.mjs';

// What the emulation knows from its start.
const ACCOUNT = `AC${'0'.repeat(32)}`;
const TOKEN = 'twilio_test_auth_token';
const NUMBER = '+15551234567';
const CALLER = '+4570102030';
const AGENT = '+4570105678';
const PASSWORD = 'long enough for anybody';
const program = join(here, 'node_modules/emulate/dist/index.js');
const Authorization = `Basic ${Buffer.from(`${ACCOUNT}:${TOKEN}`).toString('base64')}`;

let running;
/** Emulation and house, each knowing the other. */
async function both() {
  running ??= (async () => {
    const port = await freePort();
    const provider = `http://127.0.0.1:${port}`;
    await start(process.execPath, [program, '--service', 'twilio', '--port', String(port)], new RegExp(`:${port}`));
    const house = await openHouse({
      twilio: { dialect: 'twiml', profile: 'twilio', account: ACCOUNT, auth_token: TOKEN, api_url: provider },
    });
    const numbers = await rest(provider, 'GET', `IncomingPhoneNumbers.json`);
    const { sid } = numbers.incoming_phone_numbers.find((one) => one.phone_number === NUMBER);
    await rest(provider, 'POST', `IncomingPhoneNumbers/${sid}.json`, {
      VoiceUrl: `${house.base}/voice/twilio/small`, VoiceMethod: 'POST',
      StatusCallback: `${house.base}/voice/twilio/small/status`,
    });
    return { provider, house };
  })();
  return running;
}

async function ask(url, method, fields) {
  const headers = { Authorization, ...(fields ? FORM : {}) };
  const reply = await fetch(url, { method, headers, body: fields && form(fields) });
  const text = await reply.text();
  assert.ok(reply.ok, `${method} ${url}: ${reply.status} ${text}`);
  return JSON.parse(text);
}

const rest = (provider, method, path, fields) => ask(`${provider}/2010-04-01/Accounts/${ACCOUNT}/${path}`, method, fields);
const simulate = (provider, what, fields) => ask(`${provider}/_twilio/simulate/${what}`, 'POST', fields);

/** The next hook of a call, as the emulation would send it if it carried documents out. */
async function hook(house, target, call, more = {}) {
  const fields = {
    AccountSid: ACCOUNT, CallSid: call.sid, CallStatus: 'in-progress', To: call.to, From: call.from,
    Direction: call.direction, ApiVersion: '2010-04-01', ...more,
  };
  const absolute = new URL(target, house.base).href;
  const signature = twilio.getExpectedTwilioSignature(TOKEN, absolute, fields);
  const path = absolute.slice(house.base.length);
  const answer = await send(house.base, path, { headers: { ...FORM, 'X-Twilio-Signature': signature }, body: form(fields) });
  assert.equal(answer.status, 200, `${path}: ${answer.body}`);
  return answer.body;
}

/** An agent's browser, as little of it as is needed. */
async function signedIn(house, login) {
  await house.addPerson(login, PASSWORD, 'agent', AGENT);
  const origin = { Origin: house.base, Host: new URL(house.base).host };
  const entered = await send(house.base, '/login', {
    headers: { ...FORM, ...origin }, body: form({ login, password: PASSWORD, next: '/' }),
  });
  assert.equal(entered.status, 303, entered.body);
  const headers = { Cookie: entered.headers['set-cookie'].map((cookie) => cookie.split(';')[0]).join('; '), ...origin };
  const get = async (path) => {
    const page = await send(house.base, path, { method: 'GET', headers });
    assert.equal(page.status, 200, `${path}: ${page.body}`);
    return page.body;
  };
  const csrf = (await get('/callbacks')).match(/data-csrf="([^"]+)"/)[1];
  const post = (path, fields = {}) => send(house.base, path, { headers: { ...headers, ...FORM }, body: form({ csrf, ...fields }) });
  return { get, post };
}

/** What the emulation sent us and how we answered: rows of event, address, status and result, the newest first. */
async function deliveries(provider) {
  const page = await (await fetch(`${provider}/?tab=webhooks`)).text();
  const rows = [...page.matchAll(/<tr>((?:<td>[^<]*<\/td>)+)<\/tr>/g)];
  return rows.map(([, row]) => [...row.matchAll(/<td>([^<]*)<\/td>/g)].slice(0, 4).map(([, cell]) => cell));
}

/** A number that the service tells to machines. */
async function metric(house, name) {
  const { body } = await send(house.base, '/metrics', { method: 'GET' });
  const found = body.match(new RegExp(`^${name} (\\S+)$`, 'm'));
  assert.ok(found, `no ${name} in\n${body}`);
  return Number(found[1]);
}

export const checks = [
  ['emulate: an inbound call reaches its first document, and goes on', async () => {
    const { provider, house } = await both();
    const call = await simulate(provider, 'inbound-call', { To: NUMBER, From: CALLER });
    assert.deepEqual(await deliveries(provider), [['call.inbound', `${house.base}/voice/twilio/small`, '200', 'ok']]);
    const again = await hook(house, '/voice/twilio/small', call);
    const next = await hook(house, action(again), call, { Digits: '1' });
    assert.ok(read(next).length > 0);
    await simulate(provider, 'call-status', { CallSid: call.sid, Status: 'completed' });
  }],
  ['emulate: the end of a call is told, and the call is over for us', async () => {
    const { provider, house } = await both();
    const before = await metric(house, 'hotline_calls_in_progress');
    const call = await simulate(provider, 'inbound-call', { To: NUMBER, From: CALLER });
    assert.equal(await metric(house, 'hotline_calls_in_progress'), before + 1);
    await simulate(provider, 'call-status', { CallSid: call.sid, Status: 'completed' });
    const [last] = await deliveries(provider);
    assert.deepEqual(last, ['call.completed', `${house.base}/voice/twilio/small/status`, '200', 'ok']);
    assert.equal(await metric(house, 'hotline_calls_in_progress'), before);
  }],
  ['emulate: a callback is dialled through it, agent first, once', async () => {
    const { provider, house } = await both();
    const inbound = await simulate(provider, 'inbound-call', { To: NUMBER, From: CALLER });
    let document = await hook(house, '/voice/twilio/small', inbound);
    document = await hook(house, action(document), inbound, { Digits: '2' });
    document = await hook(house, action(document), inbound, { Digits: '1' });
    assert.match(document, /that is noted/);
    const { get, post } = await signedIn(house, 'caller');
    const id = (await get('/callbacks')).match(/\/callbacks\/([0-9A-Za-z-]{8,})/)?.[1];
    assert.ok(id, 'no callback on the list');
    const dialled = await post(`/callbacks/${id}/dial`);
    assert.ok(dialled.status < 400, `${dialled.status} ${dialled.body}`);
    const ours = async () => {
      const { calls } = await rest(provider, 'GET', 'Calls.json');
      return calls.filter((call) => call.direction === 'outbound-api');
    };
    const [call] = await ours();
    assert.deepEqual([call.from, call.to, call.status], [NUMBER, AGENT, 'ringing']);
    // It tells of the ringing before it answers our request: such a hook is no less welcome.
    const [last] = await deliveries(provider);
    assert.deepEqual([last[0], last[2]], ['call.ringing', '200'], JSON.stringify(last));
    const twice = await post(`/callbacks/${id}/dial`);
    assert.ok(twice.status >= 400, 'dialled while it rings');
    await simulate(provider, 'call-status', { CallSid: call.sid, Status: 'no-answer' });
    const [ended] = await deliveries(provider);
    assert.deepEqual([ended[0], ended[2]], ['call.no-answer', '200'], JSON.stringify(ended));
    assert.equal((await ours()).length, 1);
  }],
];
