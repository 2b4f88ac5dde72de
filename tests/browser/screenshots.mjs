// Takes the pictures of the README from the running demo: node tests/browser/screenshots.mjs

import { mkdir } from 'node:fs/promises';
import { openHouse } from './house.mjs';
import { putThrough, readyAgent } from './people.mjs';

const folder = new URL('../../docs/screens/', import.meta.url).pathname;
await mkdir(folder, { recursive: true });
const house = await openHouse();
try {
  const desk = await readyAgent(house);
  const caller = await putThrough(house, desk);
  await caller.page.screenshot({ path: `${folder}phone.png` });
  await caller.says('The nurse in ward three shouted at my mother and would not call the doctor.');
  await desk.click('#to-intake');
  await desk.locator('#intake textarea').first().fill('The nurse in ward three shouted at my mother and would not call the doctor.');
  await desk.locator('#take-suggestion').waitFor();
  await desk.evaluate(() => scrollTo(0, 0));
  await desk.screenshot({ path: `${folder}desk.png` });
} finally {
  await house.close();
}
