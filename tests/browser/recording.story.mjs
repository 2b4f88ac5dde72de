// The conversation in hand is recorded from the desk: never before the caller was told, paused while something private
// is said, and heard afterwards by whom it concerns, which is written down.

import assert from 'node:assert/strict';
import { putThrough, readyAgent, until } from './people.mjs';

const PURPOSE = 'documentation';

/** Presses a button of the desk's recording card and waits for what it then says. */
async function steers(desk, id, phase) {
  await desk.click(`#recording-${id}`);
  await desk.locator('#recording-phase', { hasText: phase }).waitFor();
}

export const stories = [
  ['a conversation is recorded after the caller was told, paused, resumed, stopped, and heard with a note of it', async (house) => {
    const desk = await readyAgent(house);
    const caller = await putThrough(house, desk);
    const card = desk.locator('.card.recording');
    await card.locator('#recording-phase', { hasText: 'Not recorded' }).waitFor();

    // Nothing can be started before the caller has heard the text, which the agent reads from the card.
    assert.equal(await desk.locator(`#recording-start-${PURPOSE}`).count(), 0);
    await card.locator('summary').click();
    const text = await card.locator('details p').first().innerText();
    assert.ok(text.length > 20, `no wording to be read out: ${JSON.stringify(text)}`);
    await house.assertAccessible(desk);
    await desk.keyboard.press('Alt+J');
    await desk.locator(`#recording-start-${PURPOSE}`).waitFor();

    // By keyboard and by mouse; a pause gives its reason.
    await desk.keyboard.press('Alt+R');
    await desk.locator('#recording-pause').waitFor();
    await desk.locator('.card.recording.is-recording').waitFor();
    await desk.selectOption('#recording-reason', 'identity');
    await steers(desk, 'pause', 'paused');
    await house.assertAccessible(desk);
    await desk.keyboard.press('Alt+R');
    await desk.locator('#recording-pause').waitFor();
    await desk.waitForTimeout(1500);
    await steers(desk, 'stop', 'Not recorded');
    await caller.hangsUp();

    // The record becomes a case, which lists the recording; each listening is counted there.
    await desk.keyboard.press('F4');
    await desk.locator('#intake').waitFor();
    await desk.fill('[name$=own_words]', 'The nurse shouted at me in front of everybody.');
    await desk.fill('[name$=".institution"]', '云河市中心医院');
    await desk.fill('[name$=".happened"]', 'this morning');
    await desk.fill('[name$=".persons"]', 'a nurse');
    await desk.fill('[name="caller.name"]', 'Li');
    await desk.locator('#side').filter({ hasText: 'Staff attitude' }).waitFor();
    await desk.keyboard.press('F2');
    await desk.locator('[name$=".category"] option:checked', { hasText: 'Staff attitude' }).waitFor({ state: 'attached' });
    await desk.locator('[name=read_back]').check();
    await desk.keyboard.press('Control+Enter');
    const number = (await desk.locator('#case-number').innerText()).replaceAll(' ', '');
    const listed = () => desk.locator('li[id^="recording-"]').first();
    await desk.goto(`/cases/${number}`);
    // The sound comes over the wire like a provider's: it is there within seconds.
    await until(desk, async () => {
      const page = await (await fetch(location.href)).text();
      return new DOMParser().parseFromString(page, 'text/html').querySelector('li[id^="recording-"] audio') !== null;
    }, undefined, 30);
    await desk.reload();
    await listed().locator('audio').waitFor();
    assert.doesNotMatch(await listed().innerText(), /heard/i);
    const seconds = await listed().locator('audio').evaluate(async (player) => {
      await player.play();
      await new Promise((resolve) => player.addEventListener('ended', resolve, { once: true }));
      return player.duration;
    });
    assert.ok(seconds >= 1 && seconds < 60, `${seconds} s: what was said in the pause is not in it`);
    await house.assertAccessible(desk);
    await desk.reload();
    await listed().getByText(/heard once/).waitFor();
    await house.photograph('story-recording');
  }],

  ['who takes the consent back is not recorded, and what was recorded is erased', async (house) => {
    const desk = await readyAgent(house);
    const caller = await putThrough(house, desk);
    await desk.click(`#recording-yes-${PURPOSE}`);
    await desk.locator(`#recording-start-${PURPOSE}`).waitFor();
    await desk.keyboard.press('Alt+R');
    await desk.locator('#recording-pause').waitFor();
    await desk.click('#recording-withdrawn');
    await desk.locator('#recording-phase', { hasText: 'Not recorded' }).waitFor();
    assert.equal(await desk.locator(`#recording-start-${PURPOSE}`).count(), 0, 'it can be started again');
    await house.assertAccessible(desk);
    await caller.hangsUp();
  }],
];
