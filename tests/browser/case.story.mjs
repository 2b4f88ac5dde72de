// A complaint that takes the long way: two points, returned, arbitrated, co-handled, extended, answered, fed back,
// unsolved, reopened, closed. In Chinese, as its people see it.

import assert from 'node:assert/strict';
import { Caller, aloneOnDuty, answers, does, opensCase, submit, writesPoint } from './people.mjs';

const ATTITUDE = '护士态度恶劣,当着很多人的面骂我,要求道歉。';
const FEES = '出院结算时多收了三天床位费,要求退还。';
const HERE = { locale: 'zh-CN' };

/** The case as somebody sees it, at once after logging in. */
async function at(house, account, number) {
  const page = await house.loggedIn(account, house.password, HERE);
  await page.goto(`/cases/${number}`);
  return page;
}

/** The status in the head of the page. */
async function is(page, status) {
  await page.locator('h1 .tag').first().filter({ hasText: status }).waitFor();
}

/** The lead signs, looks into it and answers both points. */
async function signsAndAnswers(page, number, words, withoutReport) {
  await page.goto(`/cases/${number}`);
  if (await page.locator('form[action$="/sign"]').count()) await submit(page, 'sign');
  await page.selectOption('#step-kind', 'records_consulted');
  await page.fill('#step-note', words);
  await submit(page, 'step');
  for (const point of [1, 2]) {
    await page.selectOption(`#finding-${point}`, 'upheld');
    await page.selectOption(`#kind-${point}`, 'remedy');
    await page.fill(`#outcome-${point}`, words);
    await page.fill(`#without-${point}`, '双方陈述一致,以病历和收费记录为准');
  }
  for (const side of ['complainant', 'institution']) {
    if (await page.locator(`#said-${side}`).count()) await page.fill(`#said-${side}`, words);
  }
  assert.equal(await page.locator('#without-report').count(), withoutReport ? 1 : 0);
  await submit(page, 'answer');
}

/** The hotline tells the result and where to turn. */
async function feedsBack(page, number, words) {
  await page.goto(`/cases/${number}`);
  await page.fill('#feedback-note', words);
  await submit(page, 'feedback');
  await submit(page, 'route');
}

/** The follow-up callback: reached by hand, with what was said. */
async function followsUp(page, number, solved) {
  await page.goto('/callbacks');
  await page.locator('tr').filter({ hasText: number }).locator('a[id^=open-]').first().click();
  await page.selectOption('#attempt-outcome', 'reached');
  await submit(page, 'attempt');
  await page.check(`[name=solved][value=${solved}]`);
  await page.selectOption('#satisfaction', solved === 'yes' ? '5' : '1');
  await submit(page, 'result');
}

export const stories = [
  ['a complaint takes the long way: returned, arbitrated, co-handled, extended, reopened, closed', async (house) => {
    const agent = await aloneOnDuty(house, 'agent', 'zh-CN');
    const caller = await Caller.at(house, HERE);
    await caller.dials('12320');
    await caller.presses('1');
    await caller.hears(/投诉,请按 1/);
    await caller.presses('0');
    await answers(agent, caller);
    await agent.selectOption('[name="request_type"]', 'complaint');
    const where = { institution: '云河市第一人民医院', happened: '2026-11-20 上午', persons: '护士,姓名不详' };
    await writesPoint(agent, 0, { ...where, own_words: ATTITUDE, place: '住院部三病区', category: 'attitude' });
    await writesPoint(agent, 1, { ...where, own_words: FEES, place: '出院结算处', category: 'fees' });
    await agent.fill('[name="caller.name"]', '张女士');
    await house.assertAccessible(agent);
    const number = await opensCase(agent);
    await caller.hangsUp();

    // It is not theirs, they say; the next one says the same; the supervisor rules, and the ruling cannot be returned.
    const service = await at(house, 'service-supervision', number);
    await service.locator('details').filter({ has: service.locator('form[action$="/return"]') }).locator('summary').click();
    await service.selectOption('#return-reason', { index: 0 });
    await service.fill('#return-remark', '收费问题不归我办');
    await submit(service, 'return');
    const boss = await at(house, 'supervisor', number);
    await does(boss, 'arbitrate', { words: '两科各执一词,提请裁定' });
    await is(boss, '裁定');
    await house.assertAccessible(boss);
    await house.photograph('case-arbitration');
    await boss.selectOption('#department', 'service-supervision');
    await boss.fill('#dispatch-reason', '首接负责,由你办牵头,医保价格科协办');
    await boss.check('[name=designated]');
    await submit(boss, 'redispatch');
    await service.goto(`/cases/${number}`);
    assert.equal(await service.locator('form[action$="/return"]').count(), 0, 'a ruling may not be returned');
    await submit(service, 'sign');

    // With a colleague's help, and with more time.
    await does(service, 'add_co_handler', { department: 'medical-insurance-price', words: '核对三天床位费' });
    const prices = await at(house, 'medical-insurance-price', number);
    await does(prices, 'co_handler_sign');
    await does(prices, 'co_handler_report', { words: '多收三天,已办理退费' });
    await house.assertAccessible(prices);
    await service.goto(`/cases/${number}`);
    await service.getByText('多收三天,已办理退费').first().waitFor();
    await does(service, 'extend', { units: '5', words: '需调取监控并约谈当事人' });
    await boss.goto(`/cases/${number}`);
    await does(boss, 'approve_extension', { decision: 'granted', words: '同意延长' });
    await boss.getByText('延期5个工作日').first().waitFor();
    await house.photograph('case-extended');
    await house.assertAccessible(boss);

    await signsAndAnswers(service, number, '当事人已当面道歉,多收费用已退还。', false);
    await house.assertAccessible(service);
    await feedsBack(boss, number, '已电话告知两项处理结果');

    // The money came, the apology did not: the same case goes on, with a new round.
    await followsUp(boss, number, 'no');
    await boss.goto(`/cases/${number}`);
    await is(boss, '重新');
    await boss.selectOption('#department', 'service-supervision');
    await boss.fill('#dispatch-reason', '来电人称未收到道歉');
    await submit(boss, 'redispatch');
    await signsAndAnswers(service, number, '护士长陪同当事人再次当面道歉,来电人接受。', false);
    await feedsBack(boss, number, '再次回访告知');
    await followsUp(boss, number, 'yes');
    await boss.goto(`/cases/${number}`);
    if (await boss.locator('form[action$="/close"]').count()) await submit(boss, 'close');
    await is(boss, '办结');
    await house.assertAccessible(boss);
    await house.photograph('case-closed');
  }],
];
