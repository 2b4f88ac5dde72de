// A supervisor looks at a line: the picture with its counts, where callers hang up, and a call that is on the line now.

import assert from 'node:assert/strict';
import { Caller } from './people.mjs';

export const stories = [
  ['a supervisor sees where callers hang up, and a call as it goes on', async (house) => {
    const boss = await house.loggedIn('supervisor', house.password, { locale: 'en' });
    await boss.goto('/lines');
    await boss.locator('nav [aria-current="page"]').getByText('Lines').waitFor();
    await house.assertAccessible(boss);
    await boss.locator('table a', { hasText: '12320' }).click();
    await boss.waitForURL(/\/lines\/12320/);
    const picture = boss.locator('#picture svg');
    await picture.locator('#node-main').waitFor();
    assert.ok(await boss.locator('#given-up tbody tr').count() > 3, 'the demo tells where callers hang up');
    const shares = await boss.locator('#given-up td:nth-child(3)').allInnerTexts();
    const sorted = [...shares].sort((one, other) => Number(other) - Number(one));
    assert.deepEqual(shares, sorted, 'the place that loses most stands first');
    await house.assertAccessible(boss);

    // By keyboard: the period, and the picture, which scrolls.
    const calls = async () => Number((await boss.locator('#calls').innerText()).match(/\d+/)[0]);
    const week = await calls();
    await boss.locator('.periods a', { hasText: '30 days' }).focus();
    await boss.keyboard.press('Enter');
    await boss.waitForURL(/days=30/);
    assert.ok(await calls() > week, 'thirty days have more calls than seven');
    await boss.locator('#picture').focus();
    await boss.keyboard.press('End');
    await boss.waitForFunction(() => {
      const place = document.querySelector('#picture');
      return place.scrollTop + place.clientHeight >= place.scrollHeight - 2;
    });
    const scrolled = await boss.locator('#picture').evaluate((place) => {
      place.scrollTo({ top: 60, behavior: 'instant' });
      return place.scrollTop;
    });

    // A call comes in and is seen at its node without reloading; then it is gone, and counted.
    const before = await calls();
    const caller = await Caller.at(house);
    await caller.dials('12320');
    await caller.hears(/For English/);
    await boss.locator('#now dt', { hasText: 'choose-language' }).waitFor();
    await picture.locator('#node-choose-language .gr-now').waitFor();
    assert.equal(await calls(), before + 1);
    assert.equal(await boss.locator('#picture').evaluate((place) => place.scrollTop), scrolled, 'the picture stays where it was');
    await caller.presses('2');
    await boss.locator('#now dt', { hasText: 'main' }).waitFor();
    await caller.hangsUp();
    await boss.locator('#now').waitFor({ state: 'detached' });

    await boss.locator('main details summary').click();
    await boss.locator('details td', { hasText: 'wrong key' }).first().waitFor();
    await house.assertAccessible(boss);
  }],
];
