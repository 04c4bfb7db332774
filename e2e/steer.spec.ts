/** A campaign under way is paused, resumed and cancelled; an unknown outcome is sent again only by a person who was told. */
import { expect, type Page, test } from '@playwright/test';
import { fill, ja } from './support/catalogue.ts';
import { PEOPLE } from './support/installation.ts';
import { pageAs, unique } from './support/people.ts';
import { makeQuick } from './support/receiver.ts';
import {
  chooseFile,
  composeCampaign,
  createList,
  outcome,
  saveTemplate,
  schedule,
} from './support/work-steps.ts';

const { campaigns, imports, reports, templates } = ja;
const { live } = campaigns;
const words = { list: unique('操縦'), template: unique('操縦のお知らせ') };
const mark = unique('p').replace('-', '');
const lost = `drop-after-dot-${mark}@company.example`;

// Each test goes on from where the one before left the campaign.
test.describe.configure({ mode: 'serial' });

let page: Page;
let path: string;
let restore: () => Promise<void>;

test.beforeAll(async ({ browser }) => {
  // Nobody bounces or is put off by the chance of its name.
  restore = await makeQuick({ deferShare: 0 });
  page = await pageAs(browser, PEOPLE.owner);
  const listPath = await createList(page, words.list);
  await page.goto(`${listPath}/import`);
  // One is accepted, one is lost, and one is asked to come back later: so the campaign stays open.
  const csv = `email\nok-${mark}@company.example\n${lost}\ndefer-${mark}@company.example\n`;
  await chooseFile(page, 'three.csv', Buffer.from(csv));
  await page.getByRole('button', { name: imports.start }).click();
  await expect(page.getByText(imports.finishedTitle)).toBeVisible({ timeout: 60_000 });
  await saveTemplate(page, {
    name: words.template,
    subject: '件名',
    html: '<p>本文</p>',
    text: '',
  });
  await expect(page.getByText(templates.editor.saved, { exact: true })).toBeVisible();
  path = await composeCampaign(page, {
    name: unique('操縦'),
    template: words.template,
    list: words.list,
    people: 3,
  });
});

test.afterAll(async () => {
  await page?.context().close();
  await restore?.();
});

test('a campaign shows who is accepted, unknown and put off, without a reload', async () => {
  await schedule(page, 'now');
  await expect(outcome(page, 'accepted', 1)).toBeVisible({ timeout: 60_000 });
  await expect(outcome(page, 'unknown', 1)).toBeVisible({ timeout: 60_000 });
  await expect(outcome(page, 'deferred', 1)).toBeVisible();
});

test('a number opens the people it counts', async () => {
  await outcome(page, 'unknown', 1).click();
  await expect(page.getByRole('link', { name: lost })).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.goto(path);
});

test('pause says what it means, and resume goes on', async () => {
  await page.getByRole('button', { name: live.pause }).click();
  await expect(page.getByText(live.pausedTitle)).toBeVisible();
  await page.getByRole('button', { name: live.resume }).click();
  await expect(page.getByText(campaigns.state.running, { exact: true })).toBeVisible();
});

test('an unknown outcome is sent again after a warning, and is tried a second time', async () => {
  await page.goto(`${path}/unknowns`);
  await page.getByRole('button', { name: reports.unknowns.sendOne, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(reports.unknowns.confirmBody);
  await dialog.getByRole('button', { name: reports.unknowns.confirm, exact: true }).click();
  await expect(page.getByText(fill(reports.unknowns.done, { count: 1 }))).toBeVisible();
  await expect(async () => {
    await page.goto(`${path}/people?search=${encodeURIComponent(lost)}`);
    await page.getByRole('link', { name: lost }).click();
    const second = fill(reports.timeline.attempt, { n: 2 });
    await expect(page.getByText(second)).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 60_000 });
});

test('cancelling asks first, ends the campaign, and what waited is cancelled', async () => {
  await page.goto(path);
  await page.getByRole('button', { name: live.cancel, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(live.cancelTitle);
  await dialog.getByRole('button', { name: live.cancelConfirm, exact: true }).click();
  const main = page.getByRole('main');
  await expect(main.getByText(campaigns.state.cancelled, { exact: true })).toBeVisible();
  await expect(outcome(page, 'waiting', 1)).toHaveCount(0);
});
