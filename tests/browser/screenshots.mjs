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

  // Two browsers in one call, in a beat of the microphones, beside each other.
  const heard = (page) => page.waitForFunction(() => document.querySelector('[data-part="level-others"]').value > 0.3);
  await caller.page.evaluate(() => scrollTo(0, 0));
  await Promise.all([heard(caller.page), heard(desk)]);
  const pictures = [];
  for (const page of [caller.page, desk]) {
    await heard(page);
    pictures.push((await page.screenshot()).toString('base64'));
  }
  const both = await house.person('both', { viewport: { width: 1720, height: 580 } });
  const columns = pictures.map((picture) => `<img width="850" src="data:image/png;base64,${picture}">`).join('');
  await both.setContent(`<body style="margin:10px 5px;background:#5a6570;display:flex;gap:10px">${columns}`);
  await both.screenshot({ path: `${folder}two-browsers.png` });

  const boss = await house.loggedIn('supervisor', house.password, { locale: 'en', viewport: { width: 1500, height: 1500 } });
  await boss.goto('/lines/12320?days=30');
  await boss.locator('#picture svg').waitFor();
  await boss.screenshot({ path: `${folder}line-graph.png` });

  const writer = await house.person('writer', { locale: 'en', viewport: { width: 900, height: 1200 } });
  await writer.goto('/report?lang=en');
  await writer.fill('#words', 'The nurse in ward three shouted at my mother and would not call the doctor.');
  await writer.screenshot({ path: `${folder}report.png` });
} finally {
  await house.close();
}
