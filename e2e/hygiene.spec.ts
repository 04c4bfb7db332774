/**
 * Two tenants at one carrier in two pools of sources, one with a bad list. The carrier takes its mail for spam and refuses good
 * addresses: they are quarantined, not cleaned; staff see it, enforce cleaning, release; the next campaign goes through, and
 * the neighbour was accepted throughout.
 */
import { expect, type Page, test } from '@playwright/test';
import { ja } from './support/catalogue.ts';
import { PEOPLE } from './support/installation.ts';
import { pageAs, unique } from './support/people.ts';
import { makeQuick, refuseSources } from './support/receiver.ts';
import {
  chooseFile,
  composeCampaign,
  createList,
  followToTheEnd,
  outcome,
  saveTemplate,
  schedule,
} from './support/work-steps.ts';

const { hygiene, imports, staff: staffWords } = ja;
const CARRIER = 'company.example';
const DESTINATION = 'everyone-else';
const WAIT_MS = 90_000;
const words = { list: unique('衛生'), template: unique('衛生のお知らせ'), neighbour: unique('隣') };
const mark = unique('h').replace('-', '');

test.describe.configure({ mode: 'serial', timeout: 240_000 });

let owner: Page;
let neighbour: Page;
let staff: Page;
let giveMannersBack: (() => Promise<void>) | undefined;
let blockedPath: string;

test.beforeAll(async ({ browser }) => {
  giveMannersBack = await makeQuick();
  [owner, neighbour, staff] = [
    await pageAs(browser, PEOPLE.owner),
    await pageAs(browser, PEOPLE.otherOwner),
    await pageAs(browser, PEOPLE.staff),
  ];
});

test.afterAll(async () => {
  await refuseSources(DESTINATION, []);
  await giveMannersBack?.();
  for (const page of [owner, neighbour, staff]) await page?.context().close();
});

const good = (prefix: string, n: number) =>
  Array.from({ length: n }, (_, i) => `${prefix}${i}-${mark}@${CARRIER}`);

async function makeList(page: Page, name: string, emails: string[]) {
  const path = await createList(page, name);
  await page.goto(`${path}/import`);
  await chooseFile(page, 'list.csv', Buffer.from(`email\n${emails.join('\n')}\n`));
  await page.getByRole('button', { name: imports.start }).click();
  await expect(page.getByText(imports.finishedTitle)).toBeVisible({ timeout: 60_000 });
}

async function makeTemplate(page: Page) {
  await saveTemplate(page, {
    name: words.template,
    subject: '件名',
    html: '<p>本文</p>',
    text: '',
  });
  await expect(page.getByText(ja.templates.editor.saved, { exact: true })).toBeVisible();
}

const compose = (page: Page, list: string, people: number, fromEmail?: string) =>
  composeCampaign(page, {
    name: unique('衛生'),
    template: words.template,
    list,
    people,
    fromEmail,
  });

test('staff put the neighbour into a pool of its own, with a reason', async () => {
  await staff.goto('/staff/tenants?sort=name');
  await staff.getByRole('link', { name: '富士', exact: false }).first().click();
  await staff.getByRole('link', { name: hygiene.title, exact: true }).click();
  await staff.getByRole('button', { name: hygiene.acts.pool }).click();
  const dialog = staff.getByRole('dialog');
  await dialog.getByLabel(hygiene.acts.poolName).fill('calm');
  await dialog.getByLabel(hygiene.acts.reason).fill('送信元を分ける');
  await dialog.getByRole('button', { name: hygiene.acts.pool }).click();
  await expect(dialog).toBeHidden();
});

test('a bad list goes out once: the carrier accepts the living, and they are known good', async () => {
  // The dead stand amid the living: cleaning asks for accepted mail before and after.
  const living = good('a', 60);
  const dead = good('unknown-', 20);
  const mixed = living.flatMap((email, i) => [
    email,
    ...dead.splice(0, i % 2 === 1 && i > 5 ? 1 : 0),
  ]);
  await makeList(owner, words.list, mixed);
  await makeTemplate(owner);
  await compose(owner, words.list, 80);
  await schedule(owner, 'now');
  await followToTheEnd(owner, WAIT_MS);
  await expect(outcome(owner, 'accepted', 60)).toBeVisible();
});

test('the carrier blocks: good addresses are quarantined, nobody of them is cleaned, and the tenant is told', async () => {
  await owner.goto(`/suppressions?q=${mark}&reason=bounced`);
  // Those that were refused before anybody was accepted wait for a second hit.
  const cleaned = owner.getByRole('row').filter({ hasText: mark });
  await expect(async () => {
    await owner.reload();
    expect(await cleaned.count()).toBeGreaterThanOrEqual(10);
  }).toPass({ timeout: 30_000 });
  await refuseSources(DESTINATION, ['127.0.0.1']);
  blockedPath = await compose(owner, words.list, 80);
  await schedule(owner, 'now');
  await expect(async () => {
    await owner.goto('/hygiene');
    await expect(owner.getByText(hygiene.advice.held.title)).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: WAIT_MS });
  await expect(owner.getByRole('region', { name: hygiene.quarantine })).toContainText(CARRIER);
  await owner.goto(`/suppressions?q=${encodeURIComponent(`a0-${mark}`)}`);
  await expect(owner.getByText(ja.suppressions.noneFound)).toBeVisible();
});

test('the neighbour’s campaign is accepted meanwhile', async () => {
  await makeList(neighbour, words.neighbour, good('n', 40));
  await makeTemplate(neighbour);
  await compose(neighbour, words.neighbour, 40, 'news@fuji.example');
  await schedule(neighbour, 'now');
  await followToTheEnd(neighbour, WAIT_MS);
  await expect(outcome(neighbour, 'accepted', 40)).toBeVisible();
});

test('staff see why, enforce cleaning, and release when the carrier is well', async () => {
  await staff.goto('/staff/tenants');
  await staff.getByRole('link', { name: '桜', exact: false }).first().click();
  await staff.getByRole('link', { name: hygiene.title, exact: true }).click();
  await expect(staff.getByRole('region', { name: hygiene.byDestination })).toContainText(CARRIER);
  await staff.getByRole('button', { name: hygiene.acts.enforce }).click();
  const dialog = staff.getByRole('dialog');
  await dialog.getByLabel(hygiene.acts.reason).fill('宛先の多くが存在しない');
  await dialog.getByRole('button', { name: hygiene.acts.enforce }).click();
  await expect(staff.getByRole('button', { name: hygiene.acts.unenforce })).toBeVisible();

  await staff.goto('/staff/quarantine');
  const row = staff.getByRole('row').filter({ hasText: '127.0.0.1' }).filter({ hasText: '桜' });
  await row.getByRole('link').first().click();
  const [before = ''] = hygiene.reasons['canaries-refused'].split('{canaries}');
  await expect(staff.getByText(before, { exact: false }).first()).toBeVisible();
  await refuseSources(DESTINATION, []);
  const release = staff.getByRole('button', { name: hygiene.acts.release, exact: false });
  // A probe may have found out first.
  if (await release.isVisible()) {
    await release.click();
    await staff.getByRole('dialog').getByLabel(hygiene.acts.reason).fill('受信側から連絡');
    await staff.getByRole('dialog').getByRole('button', { name: hygiene.acts.release }).click();
  }
  await owner.goto(blockedPath);
  await followToTheEnd(owner, WAIT_MS);
  await expect(outcome(owner, 'accepted', 60)).toBeVisible();
});

test('the next campaign goes through, and both sides read the same history', async () => {
  await compose(owner, words.list, 80);
  await schedule(owner, 'now');
  await followToTheEnd(owner, WAIT_MS);
  await expect(outcome(owner, 'accepted', 60)).toBeVisible();
  await owner.goto('/hygiene');
  const history = owner.getByRole('region', { name: hygiene.whatHappened });
  await expect(history).toContainText('宛先の多くが存在しない');
  await expect(history).toContainText(staffWords.actions.quarantine_begin);
  await staff.goto('/staff/audit');
  await expect(staff.getByText('宛先の多くが存在しない')).toBeVisible();
});
