// The entrance: who may come in, in which language, and what a page may do.

import assert from 'node:assert/strict';

const languages = [['zh-CN', '登录'], ['en', 'Log in'], ['da', 'Log ind']];

export const stories = [
  ['a stranger is led to the log-in, in the language of the browser, and nothing keeps anybody out', async (house) => {
    for (const [locale, title] of languages) {
      const page = await house.person(`stranger ${locale}`, { locale });
      await page.goto('/');
      assert.equal(new URL(page.url()).pathname, '/login');
      assert.equal(await page.getAttribute('html', 'lang'), locale);
      assert.match(await page.textContent('h1'), new RegExp(title, 'i'));
      await house.assertAccessible(page);
    }
  }],

  ['a wrong password is refused without saying which part was wrong', async (house) => {
    const page = await house.person('stranger', { locale: 'en' });
    const said = [];
    for (const login of ['nobody-here', 'agent']) {
      await page.goto('/login');
      await page.fill('#login', login);
      await page.fill('#password', 'certainly not this');
      await page.click('form[action="/login"] button');
      said.push((await page.textContent('[role=alert]')).trim());
    }
    assert.equal(said[0], said[1]);
  }],

  ['every answer carries a policy that allows no foreign script', async (house) => {
    const page = await house.person('stranger');
    for (const path of ['/login', '/no-such-page', '/assets/hotline.css']) {
      const headers = (await page.goto(path)).headers();
      assert.match(headers['content-security-policy'] ?? '', /script-src 'self'|default-src 'self'/, path);
      assert.doesNotMatch(headers['content-security-policy'], /unsafe-(inline|eval)/, path);
      assert.equal(headers['x-content-type-options'], 'nosniff', path);
    }
  }],
];
