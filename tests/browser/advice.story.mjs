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

  ['what an agent tells from an article stays beside the record', async (house) => {
    const desk = await readyAgent(house);
    const caller = await putThrough(house, desk);
    await desk.locator('#intake').waitFor();
    await desk.keyboard.press('F3');
    await desk.locator('#advice-words:focus').waitFor();
    await desk.locator('#advice-words').fill('how long it takes');
    const article = desk.locator('#article-cn-how-long');
    await desk.locator('#article-cn-how-long[open]').waitFor();
    await article.getByText('working days').first().waitFor();
    await house.assertAccessible(desk);
    await desk.screenshot({ path: new URL('results/desk-article.png', import.meta.url).pathname });
    await article.locator('form button').click();
    await desk.locator('.told-articles li').getByText('How long it takes').waitFor();
    await article.locator('summary .tag').getByText('told').waitFor();
    assert.equal(await article.locator('form').count(), 0, 'it is told once');
    await caller.hangsUp();
  }],

  ['somebody reads up before complaining, in Chinese and on a telephone', async (house) => {
    const person = await house.person('reader', { locale: 'zh-CN', viewport: { width: 375, height: 800 } });
    await person.goto('/report?lang=zh-CN');
    await person.locator('main a[href^="/advice"]').click();
    await house.assertAccessible(person);
    await person.screenshot({ path: new URL('results/advice.png', import.meta.url).pathname, fullPage: true });
    await person.fill('#words', '病历怎么复印');
    await person.keyboard.press('Enter');
    await person.locator('a[href^="/advice/cn-evidence"]').click();
    await person.getByRole('heading', { name: '哪些证据有帮助' }).waitFor();
    await house.assertAccessible(person);
    const narrow = await person.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
    assert.ok(narrow, 'the article is wider than a telephone');
    await person.screenshot({ path: new URL('results/article.png', import.meta.url).pathname, fullPage: true });
    assert.ok(!decodeURIComponent(person.url()).includes('病历'), 'what was looked for stands in no address');
  }],
];
