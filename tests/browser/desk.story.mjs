// The desk of an agent while somebody calls.

import { putThrough, readyAgent } from './people.mjs';

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
];
