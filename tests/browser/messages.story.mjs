// A message left while nobody is at the desk, until somebody has heard it and writes it down.

import assert from 'node:assert/strict';
import { Caller, nobodyOnDuty } from './people.mjs';

export const stories = [
  ['a message is left, heard, taken, and stands on the desk', async (house) => {
    await nobodyOnDuty(house);
    const agent = await house.loggedIn('agent', house.password, { locale: 'en' });
    await agent.goto('/messages');
    const count = agent.locator('nav .count');
    const before = Number(await count.innerText());
    const caller = await Caller.at(house);
    await caller.dials('12320');
    await caller.hears(/For English/);
    await caller.presses('2');
    await caller.presses('1');
    await caller.hears(/leave a message/i);
    await caller.presses('1');
    await caller.isIn('record');
    await caller.page.waitForTimeout(2000);
    await caller.page.click('#phone [data-digit="#"]');
    await caller.hears(/message is saved/i);
    await caller.isIn('idle');

    // The inbox and the bar tell it by themselves.
    await agent.locator(`nav .count:text-is("${before + 1}")`).waitFor();
    const row = agent.locator('tr[id^="message-"]').filter({ has: agent.locator('button') }).last();
    await row.getByText('Complaint').waitFor();
    await house.assertAccessible(agent);
    const heard = await row.locator('audio').evaluate(async (player) => {
      await player.play();
      await new Promise((resolve) => player.addEventListener('timeupdate', resolve, { once: true }));
      return player.currentTime;
    });
    assert.ok(heard >= 0);
    await row.locator('button').click();
    await agent.waitForURL(/\/desk\?intake=/);
    await agent.locator('#intake').waitFor();
    assert.equal(await agent.locator('[name="request_type"]').inputValue(), 'complaint');
    await agent.locator('.aside audio').waitFor();
    await agent.locator(`nav .count:text-is("${before}")`).waitFor();
    await house.assertAccessible(agent);

    // The call back that was promised is this agent's.
    await agent.locator('.aside a[href^="/callbacks/"]').click();
    await agent.getByText('Caller who left a message').waitFor();
    await house.assertAccessible(agent);
  }],
];
