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

/** Waits until what `asks` resolves with in the page is true: the page's own waiting does not wait for a promise. */
export async function until(page, asks, argument, seconds = 10) {
  const end = Date.now() + seconds * 1000;
  while (!(await page.evaluate(asks, argument))) {
    if (Date.now() > end) throw new Error(`not within ${seconds} seconds: ${asks}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
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

/** Presses the button of the form that does `action`, and waits for the page that follows. */
export async function submit(page, action) {
  await Promise.all([page.waitForLoadState('load'), page.locator(`form[action$="/${action}"] button`).last().click()]);
}

/** Unfolds the form of one more thing that may be done to a case, fills it in by name and sends it. */
export async function does(page, action, fields = {}) {
  const form = page.locator(`form[action$="/do/${action}"]`);
  const rare = page.locator('details.rare:not([open])').filter({ has: form });
  if (await rare.count()) await rare.locator('> summary').click();
  await page.locator('details.action').filter({ has: form }).locator('summary').click();
  for (const [name, value] of Object.entries(fields)) {
    const field = form.locator(`[name="${name}"]`);
    if (await field.evaluate((element) => element.tagName === 'SELECT')) await field.selectOption(value);
    else if (value === true) await field.check();
    else await field.fill(value);
  }
  await submit(page, `do/${action}`);
}

/** Everybody who takes calls in these stories goes offline, but for one. */
export async function nobodyOnDuty(house, but = '') {
  for (const account of ['agent', 'agent-da'].filter((one) => one !== but)) {
    const page = await house.loggedIn(account, house.password);
    await page.goto('/desk');
    if (await page.locator('#go-offline[aria-pressed="true"]').count() === 0) await page.click('#go-offline');
    await page.locator('#go-offline[aria-pressed="true"]').waitFor();
    await page.context().close();
  }
}

/** An agent without a call, alone on duty, who takes the next one on the desk's telephone. */
export async function aloneOnDuty(house, account, locale) {
  await nobodyOnDuty(house, account);
  const page = await house.loggedIn(account, house.password, { locale });
  await page.goto('/desk');
  await page.locator('#desk-phone[data-phase="idle"]').waitFor();
  await page.keyboard.press('F8');
  await page.locator('.state.is-ready').waitFor();
  return page;
}

/** The agent answers what rings, ends the talk's telephone part later by F7, and has the intake open. */
export async function answers(agent, caller) {
  await agent.locator('#desk-phone[data-phase="ringing"]').waitFor({ timeout: 30_000 });
  await agent.keyboard.press('F6');
  await caller.isIn('connected');
  await agent.locator('.state.is-talking').waitFor();
  await agent.locator('#intake').waitFor();
}

/** Writes down one point of a complaint; `told` holds what is said under each name of the form. */
export async function writesPoint(agent, place, told) {
  if (place > 0) {
    await agent.click('#intake button[value="add_point"]');
    await agent.locator(`[name="points.${place}.own_words"]`).waitFor();
  }
  for (const [name, value] of Object.entries(told)) {
    const field = agent.locator(`[name="points.${place}.${name}"]`);
    if (await field.evaluate((element) => element.tagName === 'SELECT')) await field.selectOption(value);
    else await field.fill(value);
  }
}

/** Opens the case of the intake, tells its number, ends the call; the number. */
export async function opensCase(agent) {
  await agent.locator('[name=read_back]').check();
  await agent.keyboard.press('Control+Enter');
  const number = (await agent.locator('#case-number').innerText()).replaceAll(/\s/g, '');
  await agent.keyboard.press('Control+Enter');
  return number;
}

/** Fails unless the text names everything in the list. */
export function assertNames(text, parts) {
  for (const part of parts) assert.ok(text.includes(part), `${JSON.stringify(part)} is missing in:\n${text}`);
}
