/** What staff do: make a tenant, prove a domain, suspend and resume; each act leaves a row in the audit log. */
import { expect, test } from '@playwright/test';
import { PEOPLE } from './support/installation.ts';
import { acceptLink, pageAs, shownLink, unique } from './support/people.ts';

const PASSWORD = 'staff が作った契約先の長い合言葉';

test('a new tenant gets its owner and domain, is suspended and resumed, and all of it is recorded', async ({
  browser,
}) => {
  const name = unique('新しい契約先');
  const email = `${unique('owner')}@new.example`;
  const staff = await pageAs(browser, PEOPLE.staff);
  await staff.goto('/staff/tenants');
  await staff.getByRole('button', { name: '契約先を作る' }).click();
  await staff.getByLabel('契約先名').fill(name);
  await staff.getByLabel('オーナーのメールアドレス').fill(email);
  await staff.getByRole('button', { name: '作る', exact: true }).click();
  const owner = await acceptLink(browser, await shownLink(staff), email, PASSWORD);
  await owner.goto('/settings');
  await expect(owner.getByLabel('名前', { exact: true })).toHaveValue(name);

  await staff.getByRole('link', { name }).click();
  await staff.getByRole('button', { name: 'ドメインを追加' }).click();
  await staff.getByLabel('ドメイン', { exact: true }).fill('ニュース.例え.jp');
  await staff.getByLabel('理由').fill('DNS で確認');
  await staff.getByRole('button', { name: '追加', exact: true }).click();
  await expect(staff.getByText('xn--')).toBeVisible();

  await staff.getByRole('button', { name: '停止する' }).click();
  await staff.getByRole('dialog').getByRole('button', { name: '停止する' }).click();
  await expect(staff.getByText('理由を書いてください。')).toBeVisible();
  await staff.getByLabel('理由').fill('苦情が続いたため');
  await staff.getByRole('dialog').getByRole('button', { name: '停止する' }).click();
  await expect(staff.getByText('停止中')).toBeVisible();

  await owner.goto('/lists');
  await expect(owner.getByText('この契約先は停止中です')).toBeVisible();
  await expect(owner.getByRole('button', { name: 'リストを作る' })).toHaveCount(0);

  await staff.getByRole('button', { name: '再開する' }).click();
  await staff.getByLabel('理由').fill('改善を確認');
  await staff.getByRole('dialog').getByRole('button', { name: '再開する' }).click();
  await expect(staff.getByText('利用中')).toBeVisible();
  await owner.goto('/lists');
  await expect(owner.getByRole('button', { name: 'リストを作る' })).toBeVisible();

  await staff.getByRole('link', { name: '操作の記録' }).last().click();
  for (const act of ['契約先を再開', '契約先を停止', '差出人ドメインを追加', '契約先を作成']) {
    await expect(staff.getByText(act, { exact: true })).toBeVisible();
  }
  for (const page of [owner, staff]) await page.context().close();
});

test('the staff area does not exist for a tenant’s owner', async ({ browser }) => {
  const owner = await pageAs(browser, PEOPLE.owner);
  for (const path of ['/staff/tenants', '/staff/audit']) {
    const answer = await owner.goto(path);
    expect(answer?.status()).toBe(404);
  }
  await owner.context().close();
});
