/** Inviting people, changing what they may do, and taking it away. */
import { expect, test } from '@playwright/test';
import { PEOPLE } from './support/installation.ts';
import { acceptLink, pageAs, shownLink, unique } from './support/people.ts';

const PASSWORD = 'members の長いパスワード';

test('an invited editor works, becomes a viewer, and is out once removed', async ({ browser }) => {
  const email = `${unique('member')}@sakura.example`;
  const owner = await pageAs(browser, PEOPLE.owner);
  await owner.goto('/settings/members');
  await owner.getByRole('button', { name: '招待する' }).click();
  await owner.getByLabel('メールアドレス').fill(email);
  await owner.getByRole('button', { name: '招待リンクを作る' }).click();
  const member = await acceptLink(browser, await shownLink(owner), email, PASSWORD);

  await member.goto('/lists');
  await expect(member.getByRole('button', { name: 'リストを作る' })).toBeVisible();
  await member.goto('/settings/members');
  await expect(member.getByRole('button', { name: '招待する' })).toHaveCount(0);

  await owner.getByRole('button', { name: `権限: ${email}` }).click();
  await owner.getByRole('dialog').getByLabel('権限').selectOption('viewer');
  await owner.getByRole('button', { name: '保存' }).click();
  await expect(owner.getByRole('dialog')).toHaveCount(0);
  await member.goto('/lists');
  await expect(member.getByRole('heading', { name: 'リスト', level: 1 })).toBeVisible();
  await expect(member.getByRole('button', { name: 'リストを作る' })).toHaveCount(0);

  await owner.getByRole('button', { name: `外す: ${email}` }).click();
  await owner.getByRole('dialog').getByRole('button', { name: '外す' }).click();
  await expect(owner.getByRole('row').filter({ hasText: email })).toHaveCount(0);
  await member.goto('/lists');
  await expect(member.getByText('所属する契約先がありません')).toBeVisible();
  for (const page of [owner, member]) await page.context().close();
});

test('the last owner cannot be removed', async ({ browser }) => {
  const owner = await pageAs(browser, PEOPLE.owner);
  await owner.goto('/settings/members');
  await owner.getByRole('button', { name: `外す: ${PEOPLE.owner}` }).click();
  await owner.getByRole('dialog').getByRole('button', { name: '外す' }).click();
  await expect(owner.getByText('オーナーがいなくなります')).toBeVisible();
  await owner.context().close();
});

test('an owner gets no link for a person whom another tenant relies on', async ({ browser }) => {
  const owner = await pageAs(browser, PEOPLE.otherOwner);
  await owner.goto('/settings/members');
  await owner.getByRole('button', { name: '招待する' }).click();
  await owner.getByLabel('メールアドレス').fill(PEOPLE.viewer);
  await owner.getByRole('button', { name: '招待リンクを作る' }).click();
  await expect(owner.getByText('すでにアカウントがある人です')).toBeVisible();
  await owner.getByRole('button', { name: `再設定リンク: ${PEOPLE.viewer}` }).click();
  await owner.getByRole('button', { name: 'リンクを作る' }).click();
  await expect(owner.getByText('ほかの契約先にも所属している人です')).toBeVisible();
  await owner.getByRole('button', { name: 'やめる' }).click();
  await owner.getByRole('button', { name: `外す: ${PEOPLE.viewer}` }).click();
  await owner.getByRole('dialog').getByRole('button', { name: '外す' }).click();
  await expect(owner.getByRole('row').filter({ hasText: PEOPLE.viewer })).toHaveCount(0);
  await owner.context().close();
});
