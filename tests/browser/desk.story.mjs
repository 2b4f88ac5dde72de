// The desk of an agent while somebody calls.

import assert from 'node:assert/strict';
import { Caller, putThrough, readyAgent } from './people.mjs';

export const stories = [
  ['a caller gets through to an agent, who sees who waits and hears the caller', async (house) => {
    const desk = await readyAgent(house);
    const caller = await putThrough(house, desk);
    await caller.says('Hello, I want to complain about a hospital.');
    await desk.locator('#desk-phone [data-part=heard]').getByText('complain about a hospital').waitFor();
    await house.assertAccessible(desk);
    await caller.hangsUp();
    await desk.locator('#desk-phone[data-phase="idle"]').waitFor();
  }],

  ['F6 between the offer and the first ring is not lost', async (house) => {
    const desk = await readyAgent(house);
    // The telephone of this desk hears everything a moment late.
    await desk.addInitScript(() => {
      const listen = EventSource.prototype.addEventListener;
      EventSource.prototype.addEventListener = function (name, heard, ...rest) {
        const late = name === 'message' ? (event) => setTimeout(() => heard(event), 2500) : heard;
        return listen.call(this, name, late, ...rest);
      };
    });
    await desk.reload();
    await desk.locator('#desk-phone[data-phase="idle"]').waitFor();
    await desk.locator('#go-ready[aria-pressed="true"]').waitFor();
    const caller = await Caller.at(house);
    await caller.dials('12320');
    await caller.hears(/For English/);
    await caller.presses('20');
    await desk.locator('#offer .ringing').waitFor({ timeout: 30_000 });
    assert.equal(await desk.locator('#desk-phone').getAttribute('data-phase'), 'idle');
    await desk.keyboard.press('F6');
    await desk.getByText('Will be answered as soon as it rings').waitFor();
    await caller.isIn('connected');
    await caller.hangsUp();
  }],
];
