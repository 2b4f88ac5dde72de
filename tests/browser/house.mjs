// One running house (the real binary on throw-away data) and the people in front of it: each person is a
// browser context of their own. Whatever a page complains about is kept, and fails the story.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const root = new URL('../..', import.meta.url).pathname;
const binary = process.env.HOTLINE_BINARY ?? join(root, 'target/debug/hotline');
const browserPath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const results = new URL('results/', import.meta.url).pathname;

// Debian's Chromium as root has no sandbox; the other flags keep it from calling home.
const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--mute-audio',
  '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream',
];

/** Starts the demo house on a free port and a browser; resolves when both answer. */
export async function openHouse() {
  const data = await mkdtemp(join(tmpdir(), 'hotline-browser-'));
  const demo = spawn(binary, ['demo', '--listen', '127.0.0.1:0', '--data', data], { cwd: root });
  let printed = '';
  const url = await new Promise((resolve, reject) => {
    const listen = (bytes) => {
      printed += bytes;
      const found = printed.match(/demo on (http:\/\/\S+)[^]*password of all: \S+\s/);
      if (found) resolve(found[1]);
    };
    demo.stdout.on('data', listen);
    demo.stderr.on('data', listen);
    demo.once('error', reject);
    demo.once('exit', (code) => reject(new Error(`the demo ended with ${code}:\n${printed}`)));
  });
  const browser = await chromium.launch({ executablePath: browserPath, headless: true, args: flags });
  const password = printed.match(/password of all: (\S+)/)?.[1];
  return new House({ url, demo, data, browser, password });
}

class House {
  constructor(parts) {
    Object.assign(this, parts);
    this.people = [];
    this.complaints = [];
  }

  /** A new person with a browser of their own; `options` as for a browser context. */
  async person(name, options = {}) {
    const context = await this.browser.newContext({
      baseURL: this.url, viewport: { width: 1280, height: 800 }, permissions: ['microphone'], ...options,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => this.complaints.push(`${name}: ${error}`));
    page.on('console', (line) => {
      // A refused log-in is answered with 4xx, which Chromium reports by itself; scripts have no such excuse.
      if (line.type() === 'error' && !line.text().startsWith('Failed to load resource')) {
        this.complaints.push(`${name}: ${line.text()}`);
      }
    });
    this.people.push({ name, context, page });
    return page;
  }

  /** A page of somebody who has logged in, in the language of `options.locale`. Accounts are those that the demo prints. */
  async loggedIn(account, password, options) {
    const page = await this.person(account, options);
    await page.goto('/');
    await page.fill('#login', account);
    await page.fill('#password', password);
    await Promise.all([page.waitForURL((url) => !url.pathname.includes('login')), page.click('form[action="/login"] button')]);
    const language = page.locator(`form.language button[value="${options?.locale}"]:not([aria-pressed])`);
    if (await language.count()) await Promise.all([page.waitForLoadState('load'), language.click()]);
    return page;
  }

  /** Fails where axe finds something that keeps people out (WCAG 2.2 A and AA). */
  async assertAccessible(page) {
    // Through the debugger, because the page's own policy rightly refuses foreign scripts.
    await page.evaluate(axeSource);
    const violations = await page.evaluate(async () => {
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
      const found = await window.axe.run(document, { runOnly: { type: 'tag', values: tags } });
      return found.violations.map((v) => `${v.id}: ${v.help} (${v.nodes.map((n) => n.target.join(' ')).join('; ')})`);
    });
    if (violations.length) throw new Error(`${page.url()}\n${violations.join('\n')}`);
  }

  /** Fails where a page reported an error since the last look. */
  assertClean() {
    const complaints = this.complaints.splice(0);
    if (complaints.length) throw new Error(`pages complained:\n${complaints.join('\n')}`);
  }

  /** Keeps a picture of every open page in tests/browser/results. */
  async photograph(name) {
    await mkdir(results, { recursive: true });
    for (const [at, { page }] of this.people.entries()) {
      await page.screenshot({ path: join(results, `${name}-${at}.png`), fullPage: true }).catch(() => {});
    }
  }

  async closePeople() {
    await Promise.all(this.people.splice(0).map(({ context }) => context.close()));
    this.complaints.splice(0);
  }

  async close() {
    await this.browser.close();
    const gone = new Promise((resolve) => this.demo.once('exit', resolve));
    if (this.demo.exitCode === null && this.demo.kill('SIGTERM')) await gone;
    await rm(this.data, { recursive: true, force: true });
  }
}
