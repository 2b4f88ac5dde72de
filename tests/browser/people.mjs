// What people do in front of their screens, in their own words.

import assert from 'node:assert/strict';

/** A caller with the telephone in the browser. */
export class Caller {
  static async at(house, options = {}) {
    const page = await house.person('caller', { locale: 'en', ...options });
    await page.goto('/phone');
    return new Caller(page);
  }

  constructor(page) {
    this.page = page;
  }

  async dials(number) {
    await this.page.selectOption('#line', number);
    await this.page.click('[data-part=call]');
  }

  /** Presses keys one after another, each as soon as the telephone takes keys. */
  async presses(keys) {
    for (const key of keys) {
      const button = this.page.locator(`#phone[data-keys="yes"] [data-digit="${key}"]`);
      await button.waitFor({ timeout: 30_000 });
      await button.click();
    }
  }

  /** Waits until the telephone has said something that matches. */
  async hears(pattern, timeout = 20_000) {
    const entries = this.page.locator('[data-part=heard] li').filter({ hasText: pattern });
    await entries.last().waitFor({ timeout });
  }

  /** Waits for a phase of the telephone: idle, gather, record, connecting, connected … */
  async isIn(phase, timeout = 20_000) {
    await this.page.locator(`#phone[data-phase="${phase}"]`).waitFor({ timeout });
  }

  async says(text) {
    await this.page.fill('#say', text);
    await this.page.click('[data-part=say] button');
  }

  async hangsUp() {
    await this.page.click('#phone [data-part="hang-up"]');
    await this.isIn('idle');
  }

  /** The whole conversation so far, as text. */
  async heard() {
    return (await this.page.locator('[data-part=heard] li').allTextContents()).join('\n');
  }
}

/** An agent at the desk, ready to be offered a caller. */
export async function readyAgent(house, locale = 'en') {
  const page = await house.loggedIn('agent', house.password, { locale });
  await page.goto('/desk');
  await page.locator('#desk-phone[data-phase="idle"]').waitFor();
  await page.click('#go-ready');
  await page.locator('#go-ready[aria-pressed="true"]').waitFor();
  return page;
}

/** The caller walks to the queue; the agent's telephone rings and is answered. */
export async function putThrough(house, desk) {
  const caller = await Caller.at(house);
  await caller.dials('12320');
  await caller.hears(/For English/);
  await caller.presses('2');
  await caller.hears(/complaint/i);
  await caller.presses('0');
  await desk.locator('#desk-phone[data-phase="ringing"]').waitFor({ timeout: 30_000 });
  await desk.click('#desk-phone [data-part="answer"]');
  await desk.locator('#desk-phone[data-phase="connected"]').waitFor();
  await caller.isIn('connected');
  return caller;
}

/** Fails unless the text names everything in the list. */
export function assertNames(text, parts) {
  for (const part of parts) assert.ok(text.includes(part), `${JSON.stringify(part)} is missing in:\n${text}`);
}
