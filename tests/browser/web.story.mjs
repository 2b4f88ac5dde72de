// Somebody complains over the web, keeps number and PIN, looks how it goes and reminds us; an agent finds it in the inbox.

import assert from 'node:assert/strict';

export const stories = [
  ['a complaint is handed in over the web, followed and reminded of', async (house) => {
    const person = await house.person('writer', { locale: 'en', viewport: { width: 375, height: 800 } });
    await person.goto('/report?lang=en');
    await house.assertAccessible(person);
    const narrow = await person.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
    assert.ok(narrow, 'the form is wider than a telephone');
    await person.fill('#words', 'The nurse in ward three shouted at my mother.');
    await person.check('#anonymous');
    await person.click('button.primary');
    const number = (await person.locator('#number').innerText()).trim();
    const pin = (await person.locator('#pin').innerText()).trim();
    assert.match(number, /^\d{8}$/);
    assert.match(pin, /^\d{4}$/);
    await house.assertAccessible(person);

    await person.goto('/status?lang=en');
    await house.assertAccessible(person);
    await person.fill('#number', number);
    await person.fill('#pin', pin);
    await person.click('button.primary');
    await person.locator('#status').waitFor();
    await house.assertAccessible(person);
    await person.click('#remind');
    await person.locator('#done').waitFor();
    await person.getByText('You reminded us').waitFor();
    await house.assertAccessible(person);

    const agent = await house.loggedIn('agent', house.password, { locale: 'en' });
    await agent.goto('/messages');
    const row = agent.locator('tr[id^="web-"]').filter({ hasText: 'The nurse in ward three' });
    await row.waitFor();
    await house.assertAccessible(agent);
    await row.locator('button').click();
    await agent.waitForURL(`**/cases/${number}`);
    await agent.goto(`/cases/${number}/files`);
    await agent.click('form[action$="/files/ask"] button');
    await agent.locator('#upload-code').waitFor();
    await house.assertAccessible(agent);
  }],
];
