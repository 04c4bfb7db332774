/**
 * Bulk is chosen where the content speaks of nobody, with its cost in sight, and refused otherwise; its link asks for the
 * address, and tells nobody who is on the list.
 */
import { expect, type Page, test } from '@playwright/test';
import { callAction } from './support/actions.ts';
import { fill, ja, number } from './support/catalogue.ts';
import { reconcile } from './support/delivery-log.ts';
import { PLAIN_DRAFT } from './support/draft-form.ts';
import { PEOPLE } from './support/installation.ts';
import { pageAs, unique } from './support/people.ts';
import { makeQuick, readMessage } from './support/receiver.ts';
import {
  chooseFile,
  composeCampaign,
  createList,
  downloadRows,
  followToTheEnd,
  outcome,
  saved,
  saveTemplate,
  schedule,
} from './support/work-steps.ts';

const { campaigns, imports, reports, templates, unsubscribe } = ja;
const { compose } = campaigns;
const words = { list: unique('一括'), personal: unique('ご案内'), notice: unique('保守') };
const mark = unique('b').replace('-', '');
// Two destinations: 101 and 5, so that bulk needs 2 + 1 transactions.
const addresses = [
  ...Array.from({ length: 101 }, (_, n) => `ok${n}-${mark}@company.example`),
  ...Array.from({ length: 5 }, (_, n) => `ok${n}-${mark}@shop.example`),
];

test.describe.configure({ mode: 'serial' });

let page: Page;
let listPath: string;
let campaign: string;
let giveMannersBack = async () => {};

test.beforeAll(async ({ browser }) => {
  giveMannersBack = await makeQuick();
  page = await pageAs(browser, PEOPLE.owner);
  listPath = await createList(page, words.list);
  await page.goto(`${listPath}/import`);
  const csv = `email,name\n${addresses.map((email) => `${email},花子\n`).join('')}`;
  await chooseFile(page, 'bulk.csv', Buffer.from(csv));
  await page.getByRole('button', { name: imports.start }).click();
  await expect(page.getByText(imports.finishedTitle)).toBeVisible({ timeout: 60_000 });
  const html = '<p>{{ name }} 様</p>';
  await saveTemplate(page, { name: words.personal, subject: 'ご案内', html, text: '' });
  await expect(page.getByText(templates.editor.saved, { exact: true })).toBeVisible();
  const notice = { subject: '保守のお知らせ', html: '<p>12月1日に保守を行います。</p>', text: '' };
  await saveTemplate(page, { name: words.notice, ...notice });
  await expect(page.getByText(templates.editor.saved, { exact: true })).toBeVisible();
});

test.afterAll(async () => {
  await page?.context().close();
  await giveMannersBack();
});

const draft = (template: string) => ({
  name: unique('一括'),
  template,
  list: words.list,
  people: addresses.length,
});
const bulk = () => page.getByRole('radio', { name: compose.bulk, exact: false });

test('a content with a field of the recipient is refused before it is chosen, and behind the page, with nothing changed', async () => {
  const path = await composeCampaign(page, draft(words.personal));
  const refusal = fill(compose.bulkRefused, { fields: 'name' });
  await expect(page.getByText(refusal)).toBeVisible();
  await expect(bulk()).toBeDisabled();

  const templateHref = await page
    .getByRole('link', { name: compose.editTemplate })
    .getAttribute('href');
  const templateId = templateHref?.split('/').at(-1);
  const form = {
    ...PLAIN_DRAFT,
    name: '置き換え',
    listId: listPath.split('/').at(-1),
    templateId,
    mode: 'bulk',
  };
  const refused = { ok: false, code: 'BULK_FIELDS', params: { fields: 'name' } };
  const id = path.split('/').at(-1);
  expect(await callAction(page.request, 'scheduleCampaign', { id, form })).toMatchObject(refused);
  const tried = await callAction(page.request, 'sendTest', {
    templateId,
    fromEmail: 'news@sakura.example',
    listId: null,
    recipientId: null,
    mode: 'bulk',
  });
  expect(tried).toMatchObject(refused);
  await page.goto(`${path}/edit`);
  await expect(page.getByLabel(compose.name)).not.toHaveValue('置き換え');
  await expect(bulk()).not.toBeChecked();
});

test('a draft in bulk whose template gets a field is blocked, and says which', async () => {
  await composeCampaign(page, draft(words.notice));
  await bulk().check();
  await saved(page);
  const go = page.getByRole('button', { name: campaigns.schedule.buttonNow, exact: true });
  await expect(go).toBeEnabled();
  await page.getByLabel(compose.template, { exact: true }).selectOption({ label: words.personal });
  const blocked = fill(campaigns.checklist.item['bulk-fields'], { fields: 'name' });
  await expect(page.getByRole('listitem').filter({ hasText: blocked })).toBeVisible();
  await expect(go).toBeDisabled();
});

test('what both modes cost for this list is shown before one is chosen', async () => {
  campaign = await composeCampaign(page, draft(words.notice));
  await expect(bulk()).not.toBeChecked();
  const row = (name: keyof typeof compose.costRow) =>
    page.getByRole('row', { name: new RegExp(`^${compose.costRow[name]}`) }).getByRole('cell');
  await expect(row('transactions')).toHaveText([number(106), '3']);
  await expect(row('roundTrips')).toHaveText([number(106), '3']);
  const [oneToOne = '', inBulk = ''] = await row('bytes').allTextContents();
  expect(bytesOf(oneToOne)).toBeGreaterThan(10 * bytesOf(inBulk));
});

test('the preview shows the message for many, and it can be tried out on oneself', async () => {
  await bulk().check();
  await saved(page);
  const href = await page.getByRole('link', { name: compose.editTemplate }).getAttribute('href');
  const editor = await page.context().newPage();
  await editor.goto(href ?? '');
  await expect(editor.getByText('undisclosed-recipients:;')).toBeVisible();
  const shown = editor.frameLocator(`iframe[title="${templates.preview.frame}"]`);
  await expect(shown.locator('body')).toContainText('12月1日に保守を行います。');
  await editor.getByRole('button', { name: templates.test.sendBulk }).click();
  await expect(editor.getByText(templates.test.state.accepted)).toBeVisible({ timeout: 60_000 });
  const tried = await readMessage(PEOPLE.owner);
  expect(tried).toMatchObject({ subject: '保守のお知らせ', hasOneClick: false });
  expect(tried.text).not.toContain(PEOPLE.owner);
  await editor.close();
});

test('a campaign in bulk reaches everybody, and page, report and CSV say how it was sent', async () => {
  await schedule(page, 'now');
  await expect(page.getByText(campaigns.live.bulk, { exact: true })).toBeVisible();
  await followToTheEnd(page, 120_000);
  await expect(outcome(page, 'accepted', addresses.length)).toBeVisible();
  const rows = await downloadRows(page, reports.csv.deliveries);
  expect(rows.map((row) => row[reports.csvColumn.address]).sort()).toEqual([...addresses].sort());
  const modes = new Set(rows.map((row) => row[reports.csvColumn.mode]));
  expect([...modes]).toEqual([reports.timeline.bulk]);

  // Everybody got the very same message, and receiver and log agree who that is.
  const [first, ...others] = await Promise.all(addresses.slice(0, 5).map(readMessage));
  for (const other of others) expect(other).toEqual(first);
  expect((await reconcile(campaign.split('/').at(-1) ?? '')).code).toBe(0);
});

test('its link asks for the address, and answers the same whether or not the campaign has it', async ({
  browser,
}) => {
  const link = (await readMessage(addresses[0] ?? '')).unsubscribeUrl;
  const context = await browser.newContext({ locale: 'ja-JP', javaScriptEnabled: false });
  const reader = await context.newPage();
  const enter = async (address: string) => {
    await reader.goto(link);
    await reader.getByLabel(unsubscribe.address).fill(address);
    await reader.getByRole('button', { name: unsubscribe.button }).click();
    await expect(reader.getByText(unsubscribe.askedTitle)).toBeVisible();
    return [new URL(reader.url()).search, await reader.getByRole('main').innerText()];
  };
  const [ours = ''] = addresses;
  expect(await enter(ours.toUpperCase())).toEqual(await enter(`stranger-${mark}@company.example`));
  await context.close();

  await page.goto(`/suppressions?q=${mark}`);
  await expect(page.getByRole('row').filter({ hasText: mark })).toHaveCount(1);
  await expect(page.getByRole('row').filter({ hasText: ours })).toBeVisible();
});

test('neither looking at the link, nor a mail program’s one click, takes anybody off', async () => {
  const link = (await readMessage(addresses[0] ?? '')).unsubscribeUrl;
  const looked = await fetch(link);
  expect(looked.status).toBe(200);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const post = (body: string) => fetch(link, { method: 'POST', headers, body, redirect: 'manual' });
  expect((await post('List-Unsubscribe=One-Click')).status).toBe(400);
  expect((await post(`email=${addresses[1]}`)).status).toBe(400);
  const unclear = await post('confirm=1&email=not%20an%20address');
  expect(unclear.headers.get('location')).toMatch(/\?invalid=1$/);
  await page.goto(`/suppressions?q=${mark}`);
  await expect(page.getByRole('row').filter({ hasText: mark })).toHaveCount(1);
});

test('whoever enters one address after another has to wait', async () => {
  const link = (await readMessage(addresses[0] ?? '')).unsubscribeUrl;
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-forwarded-for': `192.0.2.${Math.ceil(Math.random() * 250)}`,
  };
  const ask = async (n: number) => {
    const body = `confirm=1&email=guess${n}-${mark}@company.example`;
    const answer = await fetch(link, { method: 'POST', headers, body, redirect: 'manual' });
    return new URL(answer.headers.get('location') ?? '', link).search;
  };
  const answers: string[] = [];
  for (let n = 0; n < 25; n += 1) answers.push(await ask(n));
  expect(answers[0]).toBe('?asked=1');
  expect(answers.some((answer) => /^\?wait=\d+$/.test(answer))).toBe(true);
});

/** `12.3 KB` → bytes. */
function bytesOf(text: string): number {
  const [value = '', unit = 'B'] = text.split(' ');
  return Number(value.replaceAll(',', '')) * 1024 ** ['B', 'KB', 'MB', 'GB'].indexOf(unit);
}
