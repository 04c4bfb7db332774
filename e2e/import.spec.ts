/** From a file on somebody's desk to rows in a list, with what was refused and why. */
import { expect, type Page, test } from '@playwright/test';
import { PEOPLE } from './support/installation.ts';
import { pageAs, unique } from './support/people.ts';
import { shiftJis } from './support/shift-jis.ts';

let page: Page;
let listUrl: string;

test.beforeAll(async ({ browser }) => {
  page = await pageAs(browser, PEOPLE.owner);
  await page.goto('/lists');
  await page.getByRole('button', { name: 'リストを作る' }).first().click();
  await page.getByLabel('名前').fill(unique('取り込み'));
  await page.getByRole('button', { name: '作る', exact: true }).click();
  await page.waitForURL(/\/lists\/[0-9a-f-]{36}$/);
  listUrl = new URL(page.url()).pathname;
});

test.afterAll(() => page.context().close());

const WRONG: [string, Buffer, string][] = [
  ['会員.pdf', Buffer.from('%PDF-1.7\n…'), 'PDF は取り込めません'],
  [
    '会員.xlsx',
    Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(26), Buffer.from('xl/x')]),
    'Excel ブックのままでは取り込めません',
  ],
  ['空.csv', Buffer.alloc(0), 'ファイルが空です'],
  ['名簿.csv', Buffer.from('氏名,住所\n山田,東京\n'), 'メールアドレスの列が見つかりません'],
  ['見出しなし.csv', Buffer.from('a@b.example,山田\n'), '1 行目が項目名ではなく宛先に'],
];

for (const [name, buffer, text] of WRONG) {
  test(`${name} is refused with what to do, and nothing is changed`, async () => {
    await page.goto(`${listUrl}/import`);
    await choose(name, buffer);
    await expect(page.getByText('何も変更されていません')).toBeVisible();
    await expect(page.getByText(text)).toBeVisible();
    // The server says the same to whoever leaves our page out.
    const answer = await post(page, listUrl, buffer);
    expect(answer.status()).toBe(422);
    expect((await answer.json()).message).toContain(text);
    await page.reload();
    await expect(page.getByText('まだ取り込みはありません')).toBeVisible();
  });
}

test('a Shift_JIS file is mapped, imported, survives a reload, and its refused rows come as a CSV', async () => {
  const rows = [
    'メールアドレス,氏名,会社名,"備考"',
    'yamada@xn--eckwd4c7c.example,山田 太郎,株式会社飛脚,"二行の\r\n備考"',
    'suzuki@a.example,鈴木 花子,有限会社はやて,',
    'SUZUKI@a.example,鈴木 花子,有限会社はやて,あとの行',
    'ない,名無し,,',
    '',
    '=cmd@,式,,',
  ].join('\r\n');
  await page.goto(`${listUrl}/import`);
  await choose('会員名簿.csv', shiftJis(rows));
  await page.waitForURL(/\/import\/[0-9a-f-]{36}/);
  await expect(page.getByLabel('文字コード')).toHaveValue('shift_jis');
  await expect(page.getByRole('cell', { name: '株式会社飛脚' })).toBeVisible();

  await page.getByLabel('文字コード').selectOption('utf-8');
  await expect(page).toHaveURL(/encoding=utf-8/);
  await expect(page.getByRole('cell', { name: '株式会社飛脚' })).toHaveCount(0);
  await page.getByLabel('文字コード').selectOption('shift_jis');
  await expect(page.getByRole('cell', { name: '株式会社飛脚' })).toBeVisible();

  await page.getByRole('checkbox', { name: '備考' }).uncheck();
  await page.getByRole('button', { name: '取り込みを始める' }).click();
  await expect(page.getByText('取り込みが終わりました')).toBeVisible({ timeout: 60_000 });
  await page.reload();
  await expect(page.getByText('取り込みが終わりました')).toBeVisible();
  const counts = { 新規: '2', 更新: '0', 重複: '1', 取り込めなかった行: '2' };
  for (const [label, count] of Object.entries(counts)) {
    await expect(page.locator('main')).toContainText(new RegExp(`${label}\\s*${count}`));
  }

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: '取り込めなかった行 (CSV)' }).click();
  const csv = await (await download).createReadStream().then(readAll);
  expect(csv.startsWith('\ufeff')).toBe(true);
  expect(csv).toContain('6,メールアドレスの形が正しくありません,bad-address,ない');
  // A spreadsheet must not run it.
  expect(csv).toContain("'=cmd@");

  await page.getByRole('link', { name: 'リストを見る' }).click();
  await expect(page.getByText('2 人', { exact: true })).toBeVisible();
  await expect(page.getByText('山田 太郎')).toBeVisible();
});

test('an upload that is stopped half way leaves nothing behind', async () => {
  await page.goto(`${listUrl}/import`);
  const before = await page.getByRole('row').count();
  await page.route('**/api/lists/*/imports*', (route) => route.abort('connectionreset'));
  await choose('切れる.csv', Buffer.from(`email\n${'a@b.example\n'.repeat(100)}`));
  await expect(page.getByText('送信が途中で切れました')).toBeVisible();
  await page.unroute('**/api/lists/*/imports*');
  await page.reload();
  await expect(page.getByRole('row')).toHaveCount(before);
});

test('a suppression list keeps its people out', async () => {
  const email = `${unique('stop')}@a.example`;
  await page.goto('/suppressions/import');
  await choose('停止.csv', Buffer.from(`email\n${email}\n`));
  await page.waitForURL(/\/import\/[0-9a-f-]{36}/);
  await page.getByRole('button', { name: '取り込みを始める' }).click();
  await expect(page.getByText('取り込みが終わりました')).toBeVisible({ timeout: 60_000 });
  await page.goto(`/suppressions?q=${encodeURIComponent(email)}`);
  await expect(page.getByRole('cell', { name: email }).first()).toBeVisible();
});

function choose(name: string, buffer: Buffer) {
  return page
    .locator('input[type=file]:enabled')
    .setInputFiles({ name, mimeType: 'text/csv', buffer });
}

function post(from: Page, list: string, data: Buffer) {
  const { origin } = new URL(from.url());
  return from.request.post(`/api${list}/imports?filename=x.csv`, {
    data,
    headers: { origin, 'content-type': 'application/octet-stream' },
  });
}

async function readAll(stream: NodeJS.ReadableStream): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
}
