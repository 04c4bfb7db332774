/** Signing in and out as one of the demo's people, or as somebody whom a test has invited. */
import { type Browser, expect, type Page } from '@playwright/test';
import { installation } from './installation.ts';

/** Signs in through the form and waits until the sign-in page has been left. */
export async function signIn(page: Page, email: string, password = installation.password) {
  await page.goto('/sign-in');
  await page.getByLabel('メールアドレス').fill(email);
  await page.getByLabel('パスワード', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'ログイン', exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

/** A page of its own session. Close its context when done. */
export async function pageAs(browser: Browser, email: string, password?: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'ja-JP' });
  const page = await context.newPage();
  await signIn(page, email, password);
  return page;
}

/** Uses a one-time link in a session of its own, and returns that session, signed in. */
export async function acceptLink(browser: Browser, url: string, email: string, password: string) {
  const context = await browser.newContext({ locale: 'ja-JP' });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel('新しいパスワード').fill(password);
  await page.getByRole('button', { name: 'パスワードを決める' }).click();
  await expect(page.getByText('パスワードを設定しました')).toBeVisible();
  await signIn(page, email, password);
  return page;
}

/** The link that the page shows once. */
export async function shownLink(page: Page): Promise<string> {
  const field = page.getByLabel('リンク', { exact: true });
  await expect(field).toHaveValue(/\/password\//);
  return field.inputValue();
}

/** A word that no other test uses. */
export function unique(word: string): string {
  return `${word}-${Math.random().toString(36).slice(2, 8)}`;
}
