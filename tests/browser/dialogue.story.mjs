// A Danish complaint about three things at once: one point qualifies for a dialogue, two do not. A relative comes along,
// a part is dropped after the talk, and the rest goes to the authority. In Danish, as its people see it.

import assert from 'node:assert/strict';
import { Caller, aloneOnDuty, answers, opensCase, writesPoint } from './people.mjs';

const HERE = { locale: 'da', timezoneId: 'Europe/Copenhagen' };

/** Sends a form of the dialogue, filled in by name, unfolding it where it is folded. */
async function tells(page, what, fields = {}) {
  const form = page.locator(`form[action$="/dialogue/${what}"]`);
  await form.waitFor({ state: 'attached' });
  if (!(await form.isVisible())) await page.locator('details').filter({ has: form }).locator('summary').first().click();
  for (const [name, value] of Object.entries(fields)) {
    const field = form.locator(`[name="${name}"]`);
    const kind = await field.first().evaluate((element) => element.type);
    if (kind === 'radio') await form.locator(`[name="${name}"][value="${value}"]`).check();
    else if (kind === 'checkbox') await field.first().check();
    else if (kind === 'select-one') await field.selectOption(value);
    else await field.fill(value);
  }
  await Promise.all([page.waitForLoadState('load'), form.locator('button').first().click()]);
  assert.equal(await page.locator('#refused').count(), 0, `${what}: ${await page.locator('#refused').allInnerTexts()}`);
}

/** A moment as a field of day and time takes it, `minutes` from now, in Danish time. */
function moment(minutes) {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Copenhagen', dateStyle: 'short', timeStyle: 'short',
  });
  return parts.format(new Date(Date.now() + minutes * 60_000)).replace(' ', 'T');
}

export const stories = [
  ['a Danish complaint: one of three points qualifies, the talk is held, a part is dropped, the rest forwarded', async (house) => {
    const agent = await aloneOnDuty(house, 'agent-da', 'da');
    const caller = await Caller.at(house, HERE);
    await caller.dials('+4570120120');
    await caller.hears(/dialog/i);
    await caller.presses('0');
    await answers(agent, caller);
    await agent.selectOption('[name="request_type"]', 'complaint');
    const there = { institution: 'Havnby Universitetshospital', happened: 'januar 2026', payer: 'region', persons: 'vagthavende læge' };
    await writesPoint(agent, 0, { ...there, own_words: 'Bruddet blev overset i skadestuen.', category: 'quality' });
    await writesPoint(agent, 1, { ...there, own_words: 'Journalen mangler to dage.', category: 'records' });
    await writesPoint(agent, 2, {
      institution: 'Klinik Solvej', happened: 'februar 2026', payer: 'self', category: 'quality',
      own_words: 'Efterbehandlingen gjorde ondt.', persons: 'fysioterapeuten',
    });
    await agent.fill('[name="caller.name"]', 'Inger Holm');
    await agent.selectOption('[name="wishes.dialogue"]', 'yes');
    await house.assertAccessible(agent);
    const number = await opensCase(agent);
    await caller.hangsUp();

    // Why not, and what instead, in the words to read out.
    await agent.goto(`/cases/${number}/dialogue`);
    await agent.getByText('fordi det handler om journalføring').first().waitFor();
    await agent.getByText('fordi du selv har betalt').first().waitFor();
    await house.assertAccessible(agent);
    await house.photograph('dialogue-eligibility');
    await tells(agent, 'answer', { accepted: 'yes', motive: 'explanation', wish_form: 'meeting' });
    await tells(agent, 'tell');
    await tells(agent, 'companion', { companion: 'relative', name: 'Karen Holm, datter' });

    // The region takes it over, invites, holds the talk.
    const region = await house.loggedIn('doctor-patient-office', house.password, HERE);
    await region.goto('/dialogues');
    await region.getByText(number).first().waitFor();
    await house.assertAccessible(region);
    await region.goto(`/cases/${number}/dialogue`);
    await tells(region, 'receipt', {});
    await tells(region, 'invite', {
      form: 'meeting', at: moment(90), place: 'Havnby, indgang 4', 'role-1': 'treating_staff', 'name-1': 'Overlæge Dahl',
    });
    await house.photograph('dialogue-invited');
    await region.goto(`/cases/${number}/dialogue/letters/invitation`);
    await region.getByText('Overlæge Dahl').first().waitFor();
    await house.assertAccessible(region);
    await house.photograph('dialogue-letter');
    await region.goto(`/cases/${number}/dialogue`);
    await tells(region, 'hold', {
      form: 'meeting', 'role-1': 'treating_staff', 'name-1': 'Overlæge Dahl', companion_came: '1',
      minutes: 'Vi talte om skadestuen.',
    });
    await region.getByText('Karen Holm, datter (pårørende)').first().waitFor();
    await house.assertAccessible(region);

    // The complainant decides: the clinic is dropped, the rest stands, and goes to the authority with its package.
    await agent.goto(`/cases/${number}/dialogue`);
    const clinic = agent.locator('form[action$="/dialogue/maintain"] label').filter({ hasText: 'Efterbehandlingen' });
    await clinic.locator('input').check();
    await tells(agent, 'maintain');
    await region.goto(`/cases/${number}/dialogue`);
    await region.getByText('frafaldet').first().waitFor();
    await tells(region, 'assemble', { statement: 'Jeg fastholder resten.' });
    await region.goto(`/cases/${number}/dialogue/letters/forwarding`);
    await region.getByText('Jeg fastholder resten').waitFor();
    assert.ok(!(await region.locator('body').innerText()).includes('Vi talte om skadestuen'), 'minutes stay where they are');
    await region.goto(`/cases/${number}/dialogue`);
    await tells(region, 'send', { channel: 'email' });
    await house.photograph('dialogue-forwarded');
    await house.assertAccessible(region);
    await agent.goto(`/cases/${number}`);
    await agent.locator('h1 .tag').first().filter({ hasText: 'Sendt til myndigheden' }).waitFor();
    await house.photograph('dialogue-case');
  }],
];
