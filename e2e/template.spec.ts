/** A template is looked at with a real person, can do nothing to the page that shows it, and is tried out on oneself. */
import { expect, type Page, test } from '@playwright/test';
import { fill, ja } from './support/catalogue.ts';
import { PEOPLE } from './support/installation.ts';
import { pageAs, unique } from './support/people.ts';
import { chooseFile, createList, saveTemplate } from './support/work-steps.ts';

const { imports, templates } = ja;
const words = { list: unique('試写'), template: unique('試写のお知らせ') };

test.describe.configure({ mode: 'serial' });

let page: Page;

test.beforeAll(async ({ browser }) => {
  page = await pageAs(browser, PEOPLE.owner);
  const listPath = await createList(page, words.list);
  await page.goto(`${listPath}/import`);
  const csv = 'email,name\nhanako@company.example,佐藤 花子\ntaro@company.example,鈴木 太郎\n';
  await chooseFile(page, 'two.csv', Buffer.from(csv));
  await page.getByRole('button', { name: imports.start }).click();
  await expect(page.getByText(imports.finishedTitle)).toBeVisible({ timeout: 60_000 });
});

test.afterAll(() => page?.context().close());

test('the preview speaks to the chosen person, and names the fields that they do not have', async () => {
  await saveTemplate(page, {
    name: words.template,
    subject: '{{ name }}様へ',
    html: '<style>p { color: rgb(255, 0, 0) }</style><p>{{ name }} 様 {{ rank }}</p>',
    text: '{{ name }} 様',
  });
  await expect(page.getByText(templates.editor.saved, { exact: true })).toBeVisible();
  await page.getByLabel(templates.preview.list, { exact: true }).selectOption(words.list);
  const shown = page
    .frameLocator(`iframe[title="${templates.preview.frame}"]`)
    .locator('p')
    .first();
  await expect(shown).toContainText('佐藤 花子 様');
  await expect(shown).toHaveCSS('color', 'rgb(255, 0, 0)');
  await expect(async () => {
    // A choice counts once the search has found it.
    await page.getByLabel(templates.preview.person).fill('taro');
    await page.waitForTimeout(500);
    await page.getByLabel(templates.preview.person).fill('taro@company.example');
    await expect(shown).toContainText('鈴木 太郎 様', { timeout: 2_000 });
  }).toPass();
  await expect(page.getByText(templates.preview.undefinedTitle)).toBeVisible();
});

test('what the HTML tries to do to the page, or over the network, does not happen', async () => {
  // A request that the policy blocks is announced by the browser, too, but nobody answers it.
  const answered: string[] = [];
  page.on('response', (response) => answered.push(response.url()));
  await page.getByRole('tab', { name: templates.editor.html }).click();
  await page
    .getByRole('textbox', { name: templates.editor.html })
    .fill(
      '<p>静かに</p><script>parent.document.title = "taken"; document.body.textContent = "ran"</script>' +
        '<img src="/leak.png"><form action="/leak"><button>x</button></form>',
    );
  const body = page.frameLocator(`iframe[title="${templates.preview.frame}"]`).locator('body');
  await expect(body).toContainText('静かに');
  await expect(body).not.toContainText('ran');
  expect(await page.title()).not.toBe('taken');
  expect(answered.filter((url) => url.includes('leak'))).toEqual([]);
});

test('a message above 100 KB says what that means for the list', async () => {
  await page
    .getByRole('textbox', { name: templates.editor.html })
    .fill(`<p>長い</p><!--${'x'.repeat(150_000)}-->`);
  const [before = ''] = templates.size.warnTitle.split('{size}');
  await expect(page.getByText(new RegExp(`^${before}\\d+ KB`))).toBeVisible();
  const [list = ''] = fill(templates.size.warnList, {
    list: words.list,
    people: 2,
    total: 'x',
  }).split('x');
  await expect(page.getByText(list.trim())).toBeVisible();
});

test('a test send goes the real way, and its answer is shown', async () => {
  await page.reload();
  await page.getByRole('button', { name: templates.test.send }).click();
  await expect(page.getByText(templates.test.state.accepted)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(templates.test.reply)).toBeVisible();
});
