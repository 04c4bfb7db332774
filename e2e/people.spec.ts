/** One person by hand: added, found, edited, suppressed, released, taken out; and a list that goes. */
import { expect, test } from '@playwright/test';
import { PEOPLE } from './support/installation.ts';
import { pageAs, unique } from './support/people.ts';

test('a person is added, edited, suppressed, released and taken out by hand', async ({
  browser,
}) => {
  const page = await pageAs(browser, PEOPLE.owner);
  const name = unique('手作業');
  const email = `${unique('Hanako')}@xn--eckwd4c7c.example`;
  await page.goto('/lists');
  await page.getByRole('button', { name: 'リストを作る' }).first().click();
  await page.getByLabel('名前').fill(name);
  await page.getByRole('button', { name: '作る', exact: true }).click();
  await expect(page.getByText('まだ誰もいません')).toBeVisible();

  await page.getByRole('button', { name: '1 人追加' }).click();
  await page.getByLabel('メールアドレス').fill('not an address');
  await page.getByRole('button', { name: '追加', exact: true }).click();
  await expect(page.getByText('メールアドレスの形が正しくありません。')).toBeVisible();
  await page.getByLabel('メールアドレス').fill(`  ${email} `);
  await page.getByLabel('氏名').fill('髙橋 花子');
  await page.getByRole('button', { name: '追加', exact: true }).click();
  await expect(page.getByRole('link', { name: email })).toBeVisible();

  await page.getByRole('button', { name: '1 人追加' }).click();
  await page.getByLabel('メールアドレス').fill(email.toUpperCase());
  await page.getByRole('button', { name: '追加', exact: true }).click();
  await expect(page.getByText('このアドレスはすでにこのリストにあります。')).toBeVisible();
  await page.getByRole('button', { name: 'やめる' }).click();

  await page.getByLabel('アドレスや項目で探す').fill('髙橋');
  await page.getByRole('button', { name: '検索' }).click();
  await expect(page).toHaveURL(/q=/);
  await page.getByRole('link', { name: email }).click();
  await page.getByLabel('氏名').fill('髙橋 華子');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('保存しました。')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('氏名')).toHaveValue('髙橋 華子');

  await page.getByRole('button', { name: '配信を止める' }).click();
  await page.getByLabel('メモ').fill('電話で依頼');
  await page.getByRole('dialog').getByRole('button', { name: '配信を止める' }).click();
  await expect(page.getByText('この人には、どのキャンペーンも配信されません。')).toBeVisible();

  await page.goto(`/suppressions?q=${encodeURIComponent(email.toLowerCase())}`);
  await expect(page.getByText('1 件', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: `${email} の配信停止を解除` }).click();
  await page.getByRole('dialog').getByRole('button', { name: '解除', exact: true }).click();
  await expect(page.getByText('解除の理由を書いてください。')).toBeVisible();
  await page.getByLabel('解除の理由').fill('本人から再開の依頼');
  await page.getByRole('dialog').getByRole('button', { name: '解除', exact: true }).click();
  await expect(page.getByText('見つかりませんでした')).toBeVisible();
  await page.getByRole('link', { name: '解除済み' }).click();
  await expect(page.getByText('本人から再開の依頼')).toBeVisible();

  await page.goto('/lists');
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByRole('link', { name: email }).click();
  await page.getByRole('button', { name: 'リストから外す' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'リストから外す' }).click();
  await expect(page.getByText('まだ誰もいません')).toBeVisible();
  await page.getByRole('button', { name: '削除' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '削除' }).click();
  await expect(page).toHaveURL(/\/lists$/);
  await expect(page.getByRole('link', { name, exact: true })).toHaveCount(0);
  await page.context().close();
});

test('a viewer sees everything and is offered no change', async ({ browser }) => {
  const page = await pageAs(browser, PEOPLE.viewer);
  await page.goto('/lists');
  await expect(page.getByRole('button', { name: 'リストを作る' })).toHaveCount(0);
  await page.locator('main a[href^="/lists/"]').first().click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  for (const offer of ['1 人追加', '名前を変える', '削除']) {
    await expect(page.getByRole('button', { name: offer })).toHaveCount(0);
  }
  await page.goto('/settings');
  await expect(page.getByRole('button', { name: '保存' })).toHaveCount(0);
  await page.context().close();
});
