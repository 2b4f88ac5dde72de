// Every screen, as everybody sees it: in three languages, light and dark, on a desk's screen and on one of 400 pixels.
// Nothing keeps anybody out (axe), nothing has to be scrolled sideways but wide tables in their own frame, and no
// sentence is left in the code of its message.

import assert from 'node:assert/strict';

/** Screens by who looks; what stands in capitals is found on a list first. */
const SCREENS = {
  supervisor: [
    '/desk', '/wallboard', '/cases?status=any', '/messages', '/callbacks', '/follow-through', '/reports', '/reports/transfer',
    '/reports/agreement', '/reports/equity', '/reports/themes', '/reports/publication', '/lines', '/lines/12320', '/mails', '/conflicts', '/codings', '/codings/samples', '/audit', '/dialogues', 'CASE', 'FILES', 'DIALOGUE',
    'CALLBACK', 'LETTER',
  ],
  'service-supervision': ['/cases?status=any', 'CASE'],
  admin: ['/accounts', '/lines'],
};
const OPEN = ['/login', '/report', '/status', '/advice', '/phone', '/nothing-here'];
/** In each language a screen is looked through in one of these, so that every screen has light and dark, wide and narrow. */
const LOOKS = [[1280, 'light'], [400, 'dark'], [1280, 'dark'], [400, 'light']];
const LANGUAGES = ['zh-CN', 'en', 'da'];

/** The address that the first link of a list leads to. */
async function first(page, list, link) {
  await page.goto(list);
  const found = page.locator(link).first();
  return (await found.count()) ? found.getAttribute('href') : null;
}

/** Where the screens are that have a number in their address. */
async function numbered(page) {
  const found = { CASE: await first(page, '/cases', 'main tbody th a') };
  found.FILES = `${found.CASE}/files`;
  found.DIALOGUE = await first(page, '/dialogues', 'main tbody a');
  found.CALLBACK = await first(page, '/callbacks', 'main tbody a[id^=open-]');
  await page.goto('/cases?status=closed');
  const closed = await page.locator('main tbody th a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  for (const one of closed) {
    found.LETTER ??= await first(page, one, 'a[href*="/letters/"]');
  }
  return found;
}

/** What is wrong with the page as it stands. */
async function faults(page) {
  return page.evaluate(() => {
    const root = document.documentElement;
    const wide = root.scrollWidth > root.clientWidth ? [`${root.scrollWidth} pixels wide`] : [];
    const coded = document.body.innerText.match(/\{ ?\$|(?:^|\s)(?:nav|case|cases|course|page|report|codings)-[a-z]+-[a-z-]+(?=\s|$)/g) ?? [];
    return [...wide, ...coded];
  });
}

async function look(house, page, address, [width, colorScheme]) {
  await page.goto(address);
  const told = [];
  for (const one of [1680 - width, width]) {
    await page.setViewportSize({ width: one, height: 800 });
    told.push(...(await faults(page)).map((fault) => `${address} at ${one}: ${fault}`));
  }
  await page.emulateMedia({ colorScheme });
  await house.assertAccessible(page).catch((error) => told.push(`${width} ${colorScheme}: ${error.message}`));
  return told;
}

export const stories = [
  ['every screen in every language, light and dark, wide and narrow, keeps nobody out', async (house) => {
    const told = [];
    const known = {};
    for (const [turn, locale] of LANGUAGES.entries()) {
      const looks = (at) => LOOKS[(turn + at) % LOOKS.length];
      for (const [account, screens] of Object.entries(SCREENS)) {
        const page = await house.loggedIn(account, house.password, { locale });
        const found = screens.includes('CASE') ? (known[account] ??= await numbered(page)) : {};
        for (const [at, screen] of screens.entries()) {
          const address = found[screen] ?? screen;
          assert.ok(address.startsWith('/'), `the demo has no ${screen} for ${account}`);
          told.push(...(await look(house, page, address, looks(at))));
          // A letter is in the language of whom it is to.
          if (screen !== 'LETTER') assert.equal(await page.locator('html').getAttribute('lang'), locale, address);
        }
        await page.context().close();
      }
      const anybody = await house.person('anybody', { locale });
      for (const [at, address] of OPEN.entries()) {
        told.push(...(await look(house, anybody, `${address}?lang=${locale}`, looks(at))));
      }
      await anybody.context().close();
    }
    assert.deepEqual(told, []);
  }],
  ['what is rarely needed is reached from the bar by keyboard, without script', async (house) => {
    const boss = await house.loggedIn('supervisor', house.password, { locale: 'en', javaScriptEnabled: false });
    await boss.goto('/cases');
    const bar = await boss.locator('header.bar').boundingBox();
    assert.ok(bar.height < 64, `the bar is one row, not ${bar.height} pixels high`);
    const conflicts = boss.locator('.bar .more a[href="/conflicts"]');
    assert.equal(await conflicts.isVisible(), false);
    await boss.locator('.bar .more summary').focus();
    await boss.keyboard.press('Enter');
    await conflicts.waitFor();
    await conflicts.focus();
    await Promise.all([boss.waitForURL('**/conflicts'), boss.keyboard.press('Enter')]);
    const here = await boss.locator('.bar [aria-current="page"]').innerText();
    assert.equal(here.replaceAll(/\s+/g, ' '), 'More: Conflicts of interest');
  }],
];
