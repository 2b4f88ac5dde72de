// Two people in two browsers hear each other, with nothing but the service between them.

import assert from 'node:assert/strict';
import { Caller, putThrough, readyAgent } from './people.mjs';

/** Waits until the other side's level on `page` has gone above (or stays under) a bound. */
async function level(page, root, wanted, bound) {
  const meter = `${root} [data-part="level-others"]`;
  if (wanted === 'heard') {
    await page.waitForFunction(([meter, bound]) => document.querySelector(meter).value > bound, [meter, bound], { timeout: 15_000 });
    return;
  }
  // The microphones of these browsers beep once a second: two seconds without a beat are silence.
  await page.waitForFunction(([meter, bound]) => {
    const loud = document.querySelector(meter).value > bound;
    if (loud || window.quietSince === undefined) window.quietSince = performance.now();
    const silent = performance.now() - window.quietSince > 2500;
    if (silent) delete window.quietSince;
    return silent;
  }, [meter, bound], { timeout: 20_000, polling: 50 });
}

const DESK = '#desk-phone';
const PHONE = '#phone';

export const stories = [
  ['caller and agent in two browsers hear each other; mute and hold silence the right side', async (house) => {
    const desk = await readyAgent(house);
    const caller = await putThrough(house, desk);
    const { page } = caller;
    for (const [who, root] of [[page, PHONE], [desk, DESK]]) {
      await who.locator(`${root} [data-part="sound"][data-sound="two-way"]`).waitFor();
      await level(who, root, 'heard', 0.3);
    }
    await house.assertAccessible(page);
    await house.assertAccessible(desk);

    // What is heard comes from the other side: while that one is mute there is nothing.
    await desk.keyboard.press('Alt+M');
    await desk.locator(`${DESK} [data-part="mute"][aria-pressed="true"]`).waitFor();
    await level(page, PHONE, 'silent', 0.3);
    await level(desk, DESK, 'heard', 0.3);
    await desk.keyboard.press('Alt+M');
    await level(page, PHONE, 'heard', 0.3);

    // On hold nobody hears anybody, and both are told.
    await desk.keyboard.press('Alt+H');
    await desk.getByText('hears music').waitFor();
    await page.getByText('You are on hold').waitFor();
    await level(page, PHONE, 'silent', 0.3);
    await level(desk, DESK, 'silent', 0.3);
    await desk.keyboard.press('Alt+H');
    await level(page, PHONE, 'heard', 0.3);
    await level(desk, DESK, 'heard', 0.3);

    // A reload in the middle of the conversation takes the sound up again.
    await desk.reload();
    await desk.locator(`${DESK} [data-part="sound"][data-sound="two-way"]`).waitFor();
    await level(desk, DESK, 'heard', 0.3);
    await level(page, PHONE, 'heard', 0.3);

    await caller.hangsUp();
    await desk.locator(`${DESK}[data-phase="idle"]`).waitFor();
    assert.equal(await page.locator(`${PHONE} [data-part="sound"]`).getAttribute('data-sound'), 'off');
  }],

  ['who has no microphone listens and types', async (house) => {
    const desk = await readyAgent(house);
    await desk.addInitScript(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no microphone', 'NotFoundError'));
    });
    await desk.reload();
    await desk.locator('#go-ready[aria-pressed="true"]').waitFor();
    const caller = await putThrough(house, desk);
    await desk.locator(`${DESK} [data-part="sound"][data-sound="listening"]`).waitFor();
    await desk.getByText('there is no microphone').waitFor();
    await level(desk, DESK, 'heard', 0.3);
    assert.ok(await desk.locator(`${DESK} [data-part="mute"]`).isDisabled());
    await desk.fill('#desk-phone [data-part=talk] input', 'I hear you well.');
    await desk.keyboard.press('Enter');
    await caller.hears(/I hear you well/);
    await caller.hangsUp();
  }],

  ['a visitor of a web page calls us with one button, without a number', async (house) => {
    const desk = await readyAgent(house);
    const page = await house.person('visitor', { locale: 'en' });
    const elsewhere = await page.goto('/call/nowhere');
    assert.equal(elsewhere.status(), 404);
    await page.goto('/call/12320');
    await house.assertAccessible(page);
    assert.equal(await page.locator('#line').count(), 0, 'no other line can be chosen');
    await page.getByRole('button', { name: 'Call us' }).click();
    const visitor = new Caller(page);
    await visitor.hears(/For English/);
    await visitor.presses('20');
    await desk.locator(`${DESK}[data-phase="ringing"]`).waitFor({ timeout: 30_000 });
    await desk.keyboard.press('F6');
    await visitor.isIn('connected');
    await desk.locator('#offer').getByText('Number withheld').waitFor();
    await level(page, PHONE, 'heard', 0.3);
    await level(desk, DESK, 'heard', 0.3);
    await visitor.hangsUp();
  }],

  ['a stranger cannot take the telephone of a desk', async (house) => {
    const page = await house.person('stranger', { locale: 'en' });
    await page.goto('/phone');
    const status = await page.evaluate(async () => (await fetch('/switch/phones/8001', { method: 'PUT' })).status);
    assert.equal(status, 403);
  }],

  ['an agent asks a colleague while the caller hears music, talks with both, and hands the caller over', async (house) => {
    const desk = await readyAgent(house);
    const caller = await putThrough(house, desk);
    const { page } = caller;
    await level(page, PHONE, 'heard', 0.3);
    const colleague = await house.loggedIn('agent2', house.password, { locale: 'en' });
    await colleague.goto('/desk');
    await colleague.locator(`${DESK}[data-phase="idle"]`).waitFor();
    const extension = await colleague.locator(DESK).getAttribute('data-extension');
    await colleague.keyboard.press('F8');
    await colleague.locator('#go-ready[aria-pressed="true"]').waitFor();

    await desk.locator('#call-whom option[value^="person:"]').first().waitFor({ state: 'attached' });
    await desk.keyboard.press('Alt+K');
    await desk.fill('#call-number', extension);
    await house.assertAccessible(desk);
    await desk.click('#call-consult');
    await page.getByText('You are on hold').waitFor();
    await colleague.locator(`${DESK}[data-phase="ringing"]`).waitFor();
    await colleague.keyboard.press('F6');
    await colleague.locator(`${DESK} [data-part="sound"][data-sound="two-way"]`).waitFor();
    // The colleague and the agent hear each other; the caller hears nobody.
    await level(colleague, DESK, 'heard', 0.3);
    await level(desk, DESK, 'heard', 0.3);
    await level(page, PHONE, 'silent', 0.3);
    // All three together.
    await desk.locator('#call-together').waitFor();
    await desk.keyboard.press('Alt+B');
    await level(page, PHONE, 'heard', 0.3);
    await desk.locator('#call-standing').getByText('talk together').waitFor();
    await house.assertAccessible(desk);
    // The agent leaves and writes up; caller and colleague go on.
    await desk.locator('#call-hand-over').waitFor();
    await desk.keyboard.press('Alt+U');
    await desk.locator('#state .is-wrap_up').waitFor();
    await desk.locator(`${DESK}[data-phase="idle"]`).waitFor();
    await page.getByText(`Talking with ${extension}`).waitFor();
    await level(page, PHONE, 'heard', 0.3);
    await level(colleague, DESK, 'heard', 0.3);
    await colleague.keyboard.press('F7');
    await caller.hears(/satisfied|rate|press/i);
    await caller.hangsUp();
  }],
];
