// The whole way of one complaint, with two people and then two more: a caller on the telephone in the browser,
// an agent at the desk, the department's handler, the supervisor.

import assert from 'node:assert/strict';
import { Caller, does, submit, until } from './people.mjs';

const PASSWORD = 'hotline-demo';
const WORDS = '护士态度恶劣,我排队时问了一句,她当着很多人的面骂我,要求道歉。';

/** Number in one cell of the transfer report's line of `department`. */
async function dispatched(page, department) {
  await page.goto('/reports/transfer');
  const row = page.locator('table').first().locator('tbody tr').filter({ hasText: department });
  return Number((await row.locator('td').first().innerText()).trim());
}

/** The agent becomes ready and takes the next call on the desk's telephone. */
async function takesTheCall(agent) {
  await agent.keyboard.press('F8');
  await agent.locator('.state.is-ready').waitFor();
}

const isStored = (agent, name, value) => until(agent, async ({ name, value }) => {
  const { draft } = document.querySelector('#intake').dataset;
  const stored = await (await fetch(draft, { headers: { Accept: 'application/json' } })).json();
  return stored.fields[name][0] === value;
}, { name, value });

/** Another page of the same record saves these fields. */
const elsewhere = (agent, changes) => agent.evaluate(async (changes) => {
  const { draft } = document.querySelector('#intake').dataset;
  const headers = { Accept: 'application/json', 'X-Quiet': '1' };
  const { version, fields } = await (await fetch(draft, { headers })).json();
  const body = new URLSearchParams({ version, csrf: document.body.dataset.csrf });
  for (const [name, values] of Object.entries(fields)) values.forEach((value) => body.append(name, changes[name] ?? value));
  const { status } = await fetch(draft, { method: 'POST', body, headers });
  if (status !== 200) throw new Error(`saving elsewhere: ${status}`);
}, changes);

export const stories = [
  ['a complaint, from the dialled number to the transfer report', async (house) => {
    const supervisor = await house.loggedIn('supervisor', PASSWORD, { locale: 'en' });
    const before = await dispatched(supervisor, 'Service supervision');

    // The caller walks the menu; the agent is ready, answers on the keyboard and has the intake open.
    const agent = await house.loggedIn('agent', PASSWORD, { locale: 'en' });
    await agent.locator('#desk-phone[data-phase=idle]').waitFor();
    await takesTheCall(agent);
    const caller = await Caller.at(house);
    await caller.dials('12320');
    await caller.presses('1');
    await caller.hears(/投诉,请按 1/);
    await caller.presses('1');
    await agent.locator('#offer .ringing').waitFor();
    await agent.locator('#desk-phone[data-phase=ringing]').waitFor();
    await agent.keyboard.press('F6');
    await caller.isIn('connected');
    await agent.locator('.state.is-talking').waitFor();
    await agent.keyboard.press('F4');
    await agent.locator('#intake').waitFor();
    await house.photograph('story-talking');

    // The intake is a draft on the server with every change; the suggestion is taken with one key.
    await agent.fill('[name$=own_words]', WORDS);
    await agent.fill('[name$=".institution"]', '云河市中心医院');
    await agent.fill('[name$=".happened"]', '2026-11-20 上午');
    await agent.fill('[name$=".place"]', '门诊收费处');
    await agent.fill('[name$=".persons"]', '收费窗口护士,姓名不详');
    await agent.locator('#side').filter({ hasText: 'Staff attitude' }).waitFor();
    // A tab that was out of sight for a moment leaves nothing behind that a later page would take for newer.
    await agent.fill('[name="caller.name"]', '张');
    await agent.evaluate(() => {
      Object.defineProperty(document, 'hidden', { get: () => true, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
      delete document.hidden;
    });
    await isStored(agent, 'caller.name', '张');
    await agent.fill('[name="caller.name"]', '章女士');
    await isStored(agent, 'caller.name', '章女士');
    await agent.reload();
    assert.equal(await agent.locator('[name="caller.name"]').inputValue(), '章女士', 'an older text came back');
    // The page goes away in the middle of it: the next one has every letter, and is nobody else's.
    await agent.fill('[name="caller.name"]', '张女士');
    await agent.reload();
    assert.equal(await agent.locator('[name="caller.name"]').inputValue(), '张女士', 'a reload lost what was just typed');
    assert.equal(await agent.locator('[name$=own_words]').inputValue(), WORDS, 'a reload lost the draft');
    await isStored(agent, 'caller.name', '张女士');
    assert.equal(await agent.locator('.theirs').count(), 0, 'one was told to be somebody else');

    // Somebody else writes into the same record: what only they changed comes in, what both changed stands side by side.
    await elsewhere(agent, { 'points.0.place': '门诊大厅收费处' });
    await agent.fill('[name=desired_words]', '要求道歉');
    await agent.waitForFunction(() => document.querySelector('[name="points.0.place"]').value === '门诊大厅收费处');
    assert.equal(await agent.locator('.theirs').count(), 0);
    await elsewhere(agent, { 'caller.name': '章女士' });
    await agent.fill('[name="caller.name"]', '张晓女士');
    await agent.locator('.theirs', { hasText: '章女士' }).waitFor();
    await agent.fill('[name="caller.name"]', '张女士');
    await isStored(agent, 'caller.name', '张女士');
    await agent.keyboard.press('F2');
    await agent.locator('[name$=".category"] option:checked', { hasText: 'Staff attitude' }).waitFor({ state: 'attached' });
    await agent.locator('[name=read_back]').check();
    await house.assertAccessible(agent);
    await agent.keyboard.press('Control+Enter');
    const number = (await agent.locator('#case-number').innerText()).trim();
    const pin = (await agent.locator('#case-pin').innerText()).trim();
    assert.match(number, /^[\d ]{8,}$/);
    await house.photograph('story-opened');
    await agent.keyboard.press('Control+Enter');
    await agent.keyboard.press('F7');
    await caller.hears(/满意/);
    await caller.presses('1');
    await caller.isIn('idle');

    // The caller asks how it is getting on, by number and PIN.
    await caller.dials('12320');
    await caller.hears(/查询办理进度/);
    await caller.presses('4');
    await caller.presses(`${number.replaceAll(' ', '')}#`);
    await caller.presses(`${pin.replaceAll(' ', '')}#`);
    await caller.hears(/承办部门/);
    await caller.hangsUp();

    // The department signs for it, looks into it and answers.
    const digits = number.replaceAll(' ', '');
    const handler = await house.loggedIn('service-supervision', PASSWORD, { locale: 'en' });
    await handler.goto(`/cases/${digits}`);
    await submit(handler, 'sign');
    await handler.selectOption('#step-kind', 'footage_requested');
    await handler.fill('#step-note', '已调取收费处当日监控');
    await submit(handler, 'step');
    // The footage stands among the evidence, and somebody says that nobody overwrites it.
    await does(handler, 'tell_preservation', { entry: { index: 1 }, kept: 'kept' });
    await handler.locator('#finding-1').selectOption({ index: 1 });
    await handler.locator('#kind-1').selectOption({ index: 1 });
    await handler.fill('#outcome-1', '当事人已向来电人道歉,科室开展服务培训。');
    await handler.fill('#without-1', '监控录像与当事人陈述一致');
    await handler.fill('#said-complainant', '收费处工作人员态度恶劣');
    await handler.fill('#said-institution', '当事人承认当日态度不好');
    await house.assertAccessible(handler);
    await submit(handler, 'answer');
    await house.photograph('story-answered');

    // Closing without feedback and route notice is refused, with the list of what is missing.
    await supervisor.goto(`/cases/${digits}`);
    await submit(supervisor, 'close');
    await supervisor.locator('main li').filter({ hasText: 'told where to go' }).first().waitFor();
    await supervisor.goto(`/cases/${digits}`);
    await supervisor.fill('#feedback-note', '已电话告知处理结果');
    await submit(supervisor, 'feedback');
    await submit(supervisor, 'route');
    await house.assertAccessible(supervisor);

    // The follow-up callback: reached by hand, solved, satisfied; then the case can be closed.
    await supervisor.goto('/callbacks');
    await supervisor.locator('tr').filter({ hasText: digits }).locator('a[id^=open-]').click();
    await supervisor.selectOption('#attempt-outcome', 'reached');
    await submit(supervisor, 'attempt');
    await supervisor.check('[name=solved][value=yes]');
    await supervisor.selectOption('#satisfaction', '1');
    await submit(supervisor, 'result');
    await supervisor.goto(`/cases/${digits}`);
    if (await supervisor.locator('form[action$="/close"]').count()) await submit(supervisor, 'close');
    await supervisor.locator('h1 .tag').filter({ hasText: 'Closed' }).waitFor();
    await house.photograph('story-closed');

    // The supervisor finds it in both reports.
    assert.equal(await dispatched(supervisor, 'Service supervision'), before + 1);
    await supervisor.locator('table').first().locator('tbody tr').filter({ hasText: 'Service supervision' }).locator('td a').first().click();
    await supervisor.locator('a', { hasText: digits }).first().waitFor();
    await supervisor.goto('/reports/callback');
    await house.assertAccessible(supervisor);
  }],
];
