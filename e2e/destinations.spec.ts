/**
 * Staff look at destinations: what happens there now, what binds and why. They set limits with a reason, pin what was learned and
 * let it go; each act is in the audit log.
 */
import { expect, type Page, test } from '@playwright/test';
import { ja } from './support/catalogue.ts';
import { PEOPLE } from './support/installation.ts';
import { pageAs, unique } from './support/people.ts';
import { makeQuick } from './support/receiver.ts';
import {
  chooseFile,
  composeCampaign,
  createList,
  saveTemplate,
  schedule,
} from './support/work-steps.ts';

const { destinations: words, imports, staff: staffWords, templates } = ja;

let giveMannersBack = async () => {};

test.afterEach(async () => {
  await giveMannersBack();
  giveMannersBack = async () => {};
});

test('staff see sessions, speed and limits with their origin, and set limits that bind', async ({
  browser,
}) => {
  const page = await pageAs(browser, PEOPLE.staff);
  const reason = unique('先方と合意');
  await page.goto('/staff/destinations');
  await expect(page.getByRole('heading', { name: words.title, level: 1 })).toBeVisible();
  // The demo's campaign has been sent to it.
  await page.getByLabel(words.search).fill('docomo');
  await page.getByLabel(words.search).press('Enter');
  await page
    .getByRole('link', { name: /docomo\.example/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: 'docomo.example', level: 1 })).toBeVisible();
  for (const name of [words.limits, words.learned, words.lanes, words.habits, words.events])
    await expect(page.getByRole('heading', { name })).toBeVisible();
  const row = (field: string) =>
    page.getByRole('table', { name: words.limits }).getByRole('row').filter({ hasText: field });
  await expect(row(words.field.recipientsMax)).toContainText(words.origin.default);

  await page.getByRole('button', { name: words.override }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(words.field.sessionsMaxAll).fill('0');
  await dialog.getByRole('button', { name: words.overrideSave }).click();
  await expect(dialog.getByText(words.errors.LIMIT)).toBeVisible();
  await expect(dialog.getByText(staffWords.errors.REASON_EMPTY)).toBeVisible();
  await dialog.getByLabel(words.field.sessionsMaxAll).fill('3');
  await dialog.getByLabel(words.reason).fill(reason);
  await dialog.getByRole('button', { name: words.overrideSave }).click();
  await expect(dialog).toBeHidden();
  await expect(row(words.field.sessionsMaxAll)).toContainText('3');
  await expect(row(words.field.sessionsMaxAll)).toContainText(words.origin.staff);
  await expect(row(words.field.sessionsMaxAll)).toContainText(reason);
  await page.goto('/staff/audit');
  await expect(page.getByText(staffWords.actions.site_override).first()).toBeVisible();
  await expect(page.getByText(reason).first()).toBeVisible();
  await page.context().close();
});

test('a learned limit is pinned with a reason, and let go again', async ({ browser }) => {
  // A carrier that closes after five messages: learned from the second time on. A site that has proved itself is given twenty
  // sessions at once, and each of them has to come to its sixth message.
  giveMannersBack = await makeQuick({ messagesMaxPerSession: 5 });
  const owner = await pageAs(browser, PEOPLE.owner);
  await sendTo(owner, 'softbank.example', 300);
  const page = await pageAs(browser, PEOPLE.staff);
  await page.goto('/staff/destinations?q=softbank');
  await page
    .getByRole('link', { name: /softbank/ })
    .first()
    .click();
  await page.waitForURL(/destinations\/.+/);
  const name = words.field.transactionsMax;
  const dialog = page.getByRole('dialog');
  const pin = page.getByRole('button', { name: `${words.pin}: ${name}` });
  await expect(async () => {
    await page.reload();
    await expect(pin).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 90_000 });
  await pin.click();
  await dialog.getByLabel(words.reason).fill('確認済み');
  await dialog.getByRole('button', { name: words.pin, exact: true }).click();
  await expect(dialog).toBeHidden();
  const row = page
    .getByRole('table', { name: words.limits })
    .getByRole('row')
    .filter({ hasText: name });
  await expect(row).toContainText(words.origin.staff);
  await expect(pin).toHaveCount(0);
  await page.getByRole('button', { name: `${words.unpin}: ${name}` }).click();
  await dialog.getByLabel(words.reason).fill('もう一度学習させる');
  await dialog.getByRole('button', { name: words.unpin, exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(row).toContainText(words.origin.learned);
  await expect(pin).toBeVisible();
  for (const one of [owner, page]) await one.context().close();
});

test('a tenant’s owner finds no such page', async ({ browser }) => {
  const owner = await pageAs(browser, PEOPLE.owner);
  for (const path of ['/staff/destinations', '/staff/destinations/docomo.ne.jp'])
    expect((await owner.goto(path))?.status()).toBe(404);
  await owner.context().close();
});

async function sendTo(owner: Page, domain: string, people: number): Promise<void> {
  const [list, template] = [unique('制限'), unique('制限のお知らせ')];
  const listPath = await createList(owner, list);
  await owner.goto(`${listPath}/import`);
  const mark = unique('d');
  const lines = Array.from({ length: people }, (_, i) => `${mark}-${i}@${domain}\n`);
  await chooseFile(owner, 'people.csv', Buffer.from(`email\n${lines.join('')}`));
  await owner.getByRole('button', { name: imports.start }).click();
  await expect(owner.getByText(imports.finishedTitle)).toBeVisible({ timeout: 60_000 });
  await saveTemplate(owner, { name: template, subject: '件名', html: '<p>本文</p>', text: '' });
  await expect(owner.getByText(templates.editor.saved, { exact: true })).toBeVisible();
  await composeCampaign(owner, { name: unique('制限'), template, list, people });
  await schedule(owner, 'now');
}
