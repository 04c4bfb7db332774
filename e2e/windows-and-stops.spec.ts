/**
 * Windows by destination hold a part of a campaign back and say which of them does; a change that would leave a campaign no time
 * is refused by name; and what staff stop, the tenant sees with the reason.
 */
import { expect, type Page, test } from '@playwright/test';
import { fill, ja } from './support/catalogue.ts';
import { PEOPLE } from './support/installation.ts';
import { pageAs, unique } from './support/people.ts';
import {
  chooseFile,
  composeCampaign,
  createList,
  localTime,
  saved,
  saveTemplate,
  schedule,
} from './support/work-steps.ts';

const { campaigns, imports, settings, shell, staff: words, templates } = ja;
const MOBILE = '携帯キャリア';
const HOUR_MS = 3_600_000;
const reason = unique('苦情の調査');

// Each test goes on from where the one before left the campaign.
test.describe.configure({ mode: 'serial' });

let owner: Page;
let staff: Page;
let path: string;
const name = unique('時間帯');

test.beforeAll(async ({ browser }) => {
  owner = await pageAs(browser, PEOPLE.owner);
  staff = await pageAs(browser, PEOPLE.staff);
  const list = unique('時間帯');
  const template = unique('時間帯のお知らせ');
  const listPath = await createList(owner, list);
  await owner.goto(`${listPath}/import`);
  // Both are asked to come back later, so that the campaign stays open.
  const mark = unique('w');
  const csv = `email\ndefer-${mark}@docomo.ne.jp\ndefer-${mark}@company.example\n`;
  await chooseFile(owner, 'two.csv', Buffer.from(csv));
  await owner.getByRole('button', { name: imports.start }).click();
  await expect(owner.getByText(imports.finishedTitle)).toBeVisible({ timeout: 60_000 });
  await saveTemplate(owner, { name: template, subject: '件名', html: '<p>本文</p>', text: '' });
  await expect(owner.getByText(templates.editor.saved, { exact: true })).toBeVisible();
  path = await composeCampaign(owner, { name, template, list, people: 2 });
});

test.afterAll(async () => {
  for (const page of [owner, staff]) await page?.context().close();
});

/** Around now, in the tenant's zone: shut now, open an hour from now. */
const laterHours = () =>
  [1, 3].map((hours) => localTime(Date.now() + hours * HOUR_MS).slice(11, 16)) as [string, string];

test('compose shows what binds each group, and refuses hours that never meet', async () => {
  const t = shell.groupHours;
  await expect(owner.getByText(campaigns.compose.groupAlways)).toHaveCount(3);
  await owner.getByLabel(fill(t.own, { group: MOBILE })).check();
  await owner.getByLabel(fill(t.start, { group: MOBILE })).fill('09:00');
  await owner.getByLabel(fill(t.end, { group: MOBILE })).fill('09:01');
  await expect(owner.getByText(/1分以下のため、携帯キャリア宛に/)).toBeVisible();
  const [start, end] = laterHours();
  await owner.getByLabel(fill(t.start, { group: MOBILE })).fill(start);
  await owner.getByLabel(fill(t.end, { group: MOBILE })).fill(end);
  await expect(owner.getByText(/1分以下のため、携帯キャリア宛に/)).toBeHidden();
  await expect(owner.getByText(/携帯キャリア宛の最初の1通は/)).toBeVisible();
  // How long it takes is said before anything is scheduled.
  await expect(owner.getByRole('heading', { name: shell.forecast.title })).toBeVisible();
  await expect(owner.getByText(campaigns.compose.groupAlways)).toHaveCount(2);
  const binding = fill(campaigns.binding.ofGroup, {
    level: campaigns.binding.campaign,
    group: MOBILE,
  });
  await expect(owner.getByText(`適用: ${binding}`)).toBeVisible();
});

test('an expiry before the start is refused, one after it is shown', async () => {
  const expires = owner.getByLabel(campaigns.compose.expires);
  await expires.fill(localTime(Date.now() - HOUR_MS).slice(0, 16));
  await expect(owner.getByText(/配信の期限（.*）が開始より前です/)).toBeVisible();
  await expires.fill(localTime(Date.now() + 48 * HOUR_MS).slice(0, 16));
  await expect(owner.getByText(/を過ぎたら送信しません/)).toBeVisible();
  await saved(owner);
});

test('a campaign says for which destinations it waits, until when, and for which window', async () => {
  await schedule(owner, 'now');
  const [start] = laterHours();
  const notice = owner.getByRole('status').filter({ hasText: /一部の宛先は/ });
  await expect(notice).toBeVisible({ timeout: 60_000 });
  await expect(notice).toContainText(MOBILE);
  await expect(notice).toContainText(campaigns.binding.campaign);
  await expect(notice).toContainText(start.slice(0, 2));
  await expect(owner.getByRole('heading', { name: shell.forecast.title })).toBeVisible();
});

test('settings that would leave that campaign no time are refused, and name it', async () => {
  await owner.goto('/settings');
  const t = shell.groupHours;
  const [start] = laterHours();
  const hour = Number(start.slice(0, 2));
  const two = (value: number) => String((hour + value) % 24).padStart(2, '0');
  await owner.getByLabel(fill(t.own, { group: MOBILE })).check();
  await owner.getByLabel(fill(t.start, { group: MOBILE })).fill(`${two(6)}:00`);
  await owner.getByLabel(fill(t.end, { group: MOBILE })).fill(`${two(8)}:00`);
  await owner.getByRole('button', { name: settings.save }).click();
  const alert = owner.getByRole('alert').filter({ hasText: name });
  await expect(alert).toBeVisible();
  await expect(alert).toContainText(campaigns.binding.tenant);
  await expect(alert).toContainText(campaigns.binding.campaign);
  await owner.reload();
  await expect(owner.getByLabel(fill(t.own, { group: MOBILE }))).not.toBeChecked();
});

test('so are the installation’s, for staff', async () => {
  const t = shell.groupHours;
  await staff.goto('/staff/windows');
  await staff.getByLabel(fill(t.own, { group: MOBILE })).check();
  await staff.getByLabel(fill(t.start, { group: MOBILE })).fill('04:00');
  await staff.getByLabel(fill(t.end, { group: MOBILE })).fill('04:01');
  await staff.getByLabel(words.reason).fill('試し');
  await staff.getByRole('button', { name: words.windows.save, exact: true }).click();
  await expect(staff.getByRole('alert').filter({ hasText: MOBILE })).toBeVisible();
  await staff.reload();
  await expect(staff.getByLabel(fill(t.own, { group: MOBILE }))).not.toBeChecked();
});

test('staff make a group, are told which line is wrong, and remove it', async () => {
  const t = words.groups;
  const key = unique('g').slice(0, 12);
  await staff.getByRole('button', { name: t.add }).click();
  const dialog = staff.getByRole('dialog');
  await dialog.getByLabel(t.key).fill(key);
  await dialog.getByLabel(t.nameJa).fill(key);
  await dialog.getByLabel(t.nameEn).fill(key);
  await dialog.getByLabel(t.patterns).fill(`*.${key}.example\ngmail.com`);
  await dialog.getByLabel(words.reason).fill('試し');
  await dialog.getByRole('button', { name: t.save, exact: true }).click();
  await expect(dialog.getByText('「gmail.com」はほかのグループにあります。')).toBeVisible();
  await dialog.getByLabel(t.patterns).fill(`*.${key}.example`);
  await dialog.getByRole('button', { name: t.save, exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(staff.getByText(`*.${key}.example`)).toBeVisible();
  await staff.getByRole('button', { name: `${t.remove}: ${key}` }).click();
  await dialog.getByLabel(words.reason).fill('もう要らない');
  await dialog.getByRole('button', { name: t.remove, exact: true }).click();
  await expect(staff.getByText(`*.${key}.example`)).toBeHidden();
});

test('staff stop a tenant and a destination: its campaign says so with the reason, until they resume', async () => {
  const t = words.stops;
  const dialog = staff.getByRole('dialog');
  await staff.goto('/staff/tenants');
  await staff.getByRole('link', { name: /^桜/ }).first().click();
  await staff.getByRole('button', { name: t.stopTenant }).click();
  await dialog.getByLabel(t.reason).fill(reason);
  await dialog.getByRole('button', { name: t.stop, exact: true }).click();
  await expect(staff.getByText(t.tenantStopped)).toBeVisible();
  await expect(staff.getByText(fill('1件の停止が有効です', {}))).toBeVisible();

  await owner.goto(path);
  const notice = owner.getByRole('alert').filter({ hasText: campaigns.stopped.titleAll });
  await expect(notice).toContainText(reason);
  await staff.getByRole('button', { name: t.resumeTenant }).click();
  await dialog.getByLabel(t.reason).fill('調査が終わった');
  await dialog.getByRole('button', { name: t.resume, exact: true }).click();
  await expect(staff.getByText(t.tenantStopped)).toBeHidden();
  await expect(notice).toBeHidden();

  await staff.goto('/staff/sending');
  await staff.getByRole('button', { name: t.stopDestination }).click();
  await dialog.getByLabel(t.destination).fill('a b');
  await dialog.getByLabel(t.reason).fill(reason);
  await dialog.getByRole('button', { name: t.stop, exact: true }).click();
  await expect(dialog.getByText(words.errors.DESTINATION)).toBeVisible();
  await dialog.getByLabel(t.destination).fill('docomo.ne.jp');
  await dialog.getByRole('button', { name: t.stop, exact: true }).click();
  await expect(staff.getByRole('row').filter({ hasText: 'docomo.ne.jp' })).toContainText(reason);
  await expect(owner.getByText(`docomo.ne.jp宛を停止中: ${reason}`)).toBeVisible();
  await staff.getByRole('button', { name: `${t.resume}: docomo.ne.jp` }).click();
  await dialog.getByLabel(t.reason).fill('調査が終わった');
  await dialog.getByRole('button', { name: t.resume, exact: true }).click();
  await expect(staff.getByText(t.none)).toBeVisible();
  await staff.goto('/staff/audit');
  await expect(staff.getByText(words.actions.sending_stop).first()).toBeVisible();
  await expect(staff.getByText(reason).first()).toBeVisible();
});

test('the campaign is ended', async () => {
  const { live } = campaigns;
  await owner.goto(path);
  await owner.getByRole('button', { name: live.cancel, exact: true }).click();
  await owner.getByRole('dialog').getByRole('button', { name: live.cancelConfirm }).click();
  await expect(
    owner.getByRole('main').getByText(campaigns.state.cancelled, { exact: true }),
  ).toBeVisible();
});
