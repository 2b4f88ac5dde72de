// The real program on throw-away data, and other programs beside it; whatever was started here is ended by `closeAll`.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const root = new URL('../..', import.meta.url).pathname;
export const here = new URL('.', import.meta.url).pathname;
const binary = process.env.HOTLINE_BINARY ?? join(root, 'target/debug/hotline');

const open = [];

/** Ends every program that was started, and removes its data. */
export async function closeAll() {
  for (const close of open.splice(0).reverse()) await close();
}

/** What `cargo test --test it conformance` told of our own requests and signatures. */
export function told() {
  const path = process.env.HOTLINE_TOLD ?? join(dirname(dirname(binary)), 'tmp/conformance.json');
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (fault) {
    throw new Error(`run cargo test --test it conformance first: ${fault.message}`);
  }
}

/** A port that nobody listens on. */
export async function freePort() {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address();
  listener.close();
  await once(listener, 'close');
  return port;
}

/** Starts a program and waits until what it prints matches; the match, and its environment is ours plus `env`. */
export async function start(command, args, ready, { cwd = root, env = {}, close = async () => {} } = {}) {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env } });
  let printed = '';
  const gone = new Promise((resolve) => child.once('exit', resolve));
  open.push(async () => {
    if (child.exitCode === null && child.kill('SIGTERM')) await gone;
    await close();
  });
  return new Promise((resolve, reject) => {
    const listen = (bytes) => {
      printed += bytes;
      const found = printed.match(ready);
      if (found) resolve(found);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${command} ended with ${code}:\n${printed}`)));
  });
}

/**
 * Starts the service with the small line, always open, and these providers: { name: { key: text } }.
 * `base` is where it listens, `public` the address that signatures cover.
 */
export async function openHouse(providers, { publicUrl = '' } = {}) {
  const data = await mkdtemp(join(tmpdir(), 'hotline-conformance-'));
  const config = join(data, 'hotline.toml');
  const sections = Object.entries(providers).map(([name, keys]) => {
    const lines = Object.entries(keys).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`);
    return `[provider.${name}]\n${lines.join('')}`;
  });
  await writeFile(config, `
[server]
public_url = ${JSON.stringify(publicUrl)}
[store]
url = ${JSON.stringify(`sqlite:${join(data, 'hotline.db')}`)}
[recordings]
folder = ${JSON.stringify(join(data, 'recordings'))}
[data]
tables = ${JSON.stringify(join(here, 'tables'))}
[log]
level = "error"
${sections.join('')}
[line.small]
numbers = ["+15551234567"]
script = ${JSON.stringify(join(here, 'script'))}
languages = ["en"]
zone = "Europe/Copenhagen"
profile = "generic"
hours = ["always"]
calendar = "denmark"
emergency = "112"
fallback_number = "+4570120121"
`);
  const remove = () => rm(data, { recursive: true, force: true });
  const args = ['serve', '--listen', '127.0.0.1:0', '--config', config];
  const [, base] = await start(binary, args, /(http:\/\/127\.0\.0\.1:\d+)/, { close: remove });
  return { base, public: publicUrl || base, config, addPerson: (...rest) => addPerson(config, ...rest) };
}

async function addPerson(config, login, password, role, phone) {
  const child = spawn(binary, ['user', '--config', config, 'add', login, '--role', role, '--phone', phone]);
  child.stdin.end(`${password}\n`);
  let printed = '';
  child.stdout.on('data', (bytes) => { printed += bytes; });
  child.stderr.on('data', (bytes) => { printed += bytes; });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`no account for ${login}: ${printed}`);
}

/** Sends exactly this target: `fetch` would tidy the address up, and the signature covers it as it was written. */
export async function send(base, target, { method = 'POST', headers = {}, body = '' } = {}) {
  const { hostname, port } = new URL(base);
  const length = { 'Content-Length': Buffer.byteLength(body) };
  const request = http.request({ hostname, port, path: target, method, headers: { ...headers, ...length } });
  request.end(body);
  const [response] = await once(request, 'response');
  let text = '';
  for await (const bytes of response.setEncoding('utf8')) text += bytes;
  return { status: response.statusCode, headers: response.headers, body: text };
}

/** Fields as a form; a list is a repeated field. */
export function form(fields) {
  const pairs = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
  return new URLSearchParams(pairs).toString();
}

export const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };
