// The telephone in the browser, and the menu behind it.

import assert from 'node:assert/strict';
import { Caller } from './people.mjs';

export const stories = [
  ['a caller walks the menu of 12320 in English, by mouse and by keyboard', async (house) => {
    const caller = await Caller.at(house);
    await house.assertAccessible(caller.page);
    await caller.dials('12320');
    await caller.hears(/For English/);
    await caller.presses('2');
    await caller.hears(/complaint/i);
    await caller.page.keyboard.press('*');
    await caller.hears(/\*/);
    await house.assertAccessible(caller.page);
    await caller.hangsUp();
    assert.match(await caller.heard(), /2/);
  }],

  ['a Danish caller hears Danish', async (house) => {
    const caller = await Caller.at(house, { locale: 'da' });
    await caller.dials('+4570120120');
    await caller.hears(/[æøå]/);
    assert.equal(await caller.page.locator('[data-part=heard] li span[lang]').first().getAttribute('lang'), 'da');
    await caller.hangsUp();
  }],
];
