/** Signing in, out and anew; what is said to whom; what a browser is told to forbid. */
import { expect, test } from '@playwright/test';
import { PEOPLE } from './support/installation.ts';
import { acceptLink, pageAs, shownLink, signIn, unique } from './support/people.ts';

const FIRST = 'ひらがなも使える長いパスワード 1';
const SECOND = 'ひらがなも使える長いパスワード 2';

test('a wrong password is refused without saying which part was wrong', async ({ page }) => {
  await page.goto('/sign-in');
  const tell = async (email: string) => {
    await page.getByLabel('メールアドレス').fill(email);
    await page.getByLabel('パスワード', { exact: true }).fill('wrong password, long enough');
    await page.getByRole('button', { name: 'ログイン', exact: true }).click();
    return expect(page.getByRole('alert').filter({ hasText: /./ })).toHaveText(
      'メールアドレスまたはパスワードが違います。',
    );
  };
  await tell(`${unique('known')}@nowhere.example`);
  await page.reload();
  await tell(PEOPLE.viewer);
  expect(page.url()).not.toContain('password=');
});

test('a page that needs a session leads there after sign-in', async ({ page }) => {
  await page.goto('/lists?q=1');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.getByLabel('メールアドレス').fill(PEOPLE.owner);
  await page.getByLabel('パスワード', { exact: true }).fill(process.env.E2E_PASSWORD ?? '');
  await page.getByRole('button', { name: 'ログイン', exact: true }).click();
  await expect(page).toHaveURL(/\/lists\?q=1$/);
});

test('signing out ends what the browser can see', async ({ page }) => {
  await signIn(page, PEOPLE.owner);
  await page.getByRole('button', { name: 'ログアウト' }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.goto('/lists');
  await expect(page).toHaveURL(/\/sign-in/);
});

test('the banner and both languages stand on the sign-in page', async ({ page }) => {
  await page.goto('/sign-in');
  await expect(page.getByText('この環境からインターネットへは配信されません')).toBeVisible();
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('changing the password ends every session of the person, and a link works once', async ({
  browser,
}) => {
  const email = `${unique('pw')}@sakura.example`;
  const owner = await pageAs(browser, PEOPLE.owner);
  await owner.goto('/settings/members');
  await owner.getByRole('button', { name: '招待する' }).click();
  await owner.getByLabel('メールアドレス').fill(email);
  await owner.getByRole('button', { name: '招待リンクを作る' }).click();
  const link = await shownLink(owner);
  const first = await acceptLink(browser, link, email, FIRST);
  const second = await pageAs(browser, email, FIRST);

  await first.goto('/account');
  await first.getByLabel('現在のパスワード').fill(FIRST);
  await first.getByLabel('新しいパスワード').fill('みじかい');
  await first.getByRole('button', { name: 'パスワードを変更' }).click();
  await expect(first.getByText('15 文字以上にしてください。')).toBeVisible();
  await first.getByLabel('新しいパスワード').fill(SECOND);
  await first.getByRole('button', { name: 'パスワードを変更' }).click();
  await expect(first).toHaveURL(/\/sign-in/);

  await second.goto('/lists');
  await expect(second).toHaveURL(/\/sign-in/);
  await signIn(second, email, SECOND);

  await second.goto(link);
  await expect(second.getByText('このリンクは使えません')).toBeVisible();
  for (const page of [owner, first, second]) await page.context().close();
});

test('pages forbid frames, foreign scripts and sniffing', async ({ request }) => {
  const answer = await request.get('/sign-in');
  const policy = answer.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toMatch(/script-src 'self' 'nonce-[0-9a-f]{32}' 'strict-dynamic'(;|$)/);
  expect(policy).toMatch(/style-src 'self' 'nonce-/);
  expect(answer.headers()['x-content-type-options']).toBe('nosniff');
  expect(await answer.text()).not.toMatch(/<(script|link|img)[^>]+(src|href)="https?:/);
});
