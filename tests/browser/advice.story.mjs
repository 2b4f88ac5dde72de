// An agent finds the words for a hard talk without a mouse, while a caller is on the line.

import assert from 'node:assert/strict';
import { putThrough, readyAgent } from './people.mjs';

export const stories = [
  ['the phrases open by one key, are searched, walked through and folded again', async (house) => {
    const desk = await readyAgent(house);
    const caller = await putThrough(house, desk);
    const panel = desk.locator('#advice');
    assert.equal(await panel.getAttribute('open'), null, 'the panel is folded until its key');
    await desk.keyboard.press('F3');
    await desk.locator('#advice-words:focus').waitFor();
    await desk.locator('#advice-count').waitFor();
    await house.assertAccessible(desk);
    await desk.keyboard.type('威胁');
    await desk.locator('#advice-found details.danger[open]').first().waitFor();
    await desk.locator('#advice-found').getByText('110').first().waitFor();
    await desk.locator('#advice-words').fill('辱骂');
    await desk.locator('#phrase-insults-second').waitFor();
    await desk.keyboard.press('ArrowDown');
    const first = await desk.evaluate(() => document.activeElement.parentElement.id);
    await desk.keyboard.press('ArrowDown');
    const second = await desk.evaluate(() => document.activeElement.parentElement.id);
    assert.ok(first.startsWith('phrase-') && second.startsWith('phrase-') && first !== second, `${first} ${second}`);
    assert.equal(await desk.locator('#advice-found details[open]').count(), 1, 'one is open at a time');
    await house.assertAccessible(desk);
    await desk.screenshot({ path: new URL('results/desk-phrases.png', import.meta.url).pathname, fullPage: true });
    await desk.keyboard.press('ArrowUp');
    await desk.keyboard.press('ArrowUp');
    await desk.locator('#advice-words:focus').waitFor();
    await desk.keyboard.press('Escape');
    await desk.locator('#advice:not([open])').waitFor();
    assert.ok(!desk.url().includes('words'), 'what was typed stands in no address');
    await caller.hangsUp();
  }],
];
