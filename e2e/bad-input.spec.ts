/** What cannot be right is refused in words that say what to do, and nothing has changed afterwards. */
import { expect, type Page, test } from '@playwright/test';
import { callAction } from './support/actions.ts';
import { fill, ja } from './support/catalogue.ts';
import { PLAIN_DRAFT } from './support/draft-form.ts';
import { PEOPLE } from './support/installation.ts';
import { pageAs, unique } from './support/people.ts';
import {
  chooseFile,
  composeCampaign,
  createList,
  localTime,
  saved,
  saveTemplate,
} from './support/work-steps.ts';

const { campaigns, imports, templates } = ja;
const { compose } = campaigns;
const words = { list: unique('一人'), empty: unique('空'), template: unique('お知らせ') };
const GOOD = { subject: 'お知らせ', html: '<p>{{ name }} 様</p>', text: '{{ name }} 様' };

let page: Page;
let listPath: string;
let emptyListPath: string;

test.beforeAll(async ({ browser }) => {
  page = await pageAs(browser, PEOPLE.owner);
  emptyListPath = await createList(page, words.empty);
  listPath = await createList(page, words.list);
  await page.goto(`${listPath}/import`);
  await chooseFile(page, 'one.csv', Buffer.from('email,name\nhanako@company.example,花子\n'));
  await page.getByRole('button', { name: imports.start }).click();
  await expect(page.getByText(imports.finishedTitle)).toBeVisible({ timeout: 60_000 });
  await saveTemplate(page, { name: words.template, ...GOOD });
  await expect(page.getByText(templates.editor.saved)).toBeVisible();
});

test.afterAll(() => page?.context().close());

const FILES = [
  ['a PDF uploaded as CSV', '%PDF-1.7\n%âãÏÓ\n', imports.errors.FILE_IS_PDF],
  [
    'a header without an address',
    '氏名,電話\n花子,03-0000-0000\n',
    imports.errors.HEADER_WITHOUT_ADDRESS,
  ],
  ['an empty file', '', imports.errors.FILE_EMPTY],
] as const;

for (const [what, content, text] of FILES) {
  test(`${what} is refused, and the list stays as it was`, async () => {
    const before = await contentOf(listPath);
    await page.goto(`${listPath}/import`);
    await chooseFile(page, '会員.csv', Buffer.from(content));
    await expect(page.getByRole('alert').filter({ hasText: imports.uploadRefused })).toContainText(
      text,
    );
    expect(await contentOf(listPath)).toEqual(before);
  });
}

test('a template that does not parse is not saved: the place is shown, and what was saved before stands', async () => {
  await page.goto('/templates');
  await page.getByRole('link', { name: words.template }).click();
  const html = page.getByRole('textbox', { name: templates.editor.html });
  await expect(html).toHaveValue(GOOD.html);
  await html.fill('<p>こんにちは</p>\n<p>{% if name %}{{ name }} 様</p>');
  const place = fill(templates.problems.at, { part: templates.editor.html, line: 2 });
  await expect(page.getByRole('alert').filter({ hasText: place })).toContainText(
    // Apostrophes are how the catalogue writes braces.
    templates.problems.code.syntax.replaceAll("'", ''),
  );
  await page.getByRole('button', { name: templates.editor.save, exact: true }).click();
  await expect(page.getByText(templates.errors.TEMPLATE_BROKEN)).toBeVisible();
  page.once('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await expect(html).toHaveValue(GOOD.html);
});

const { item } = campaigns.checklist;
const DRAFTS: Spoiled[] = [
  {
    what: 'an empty list',
    spoil: () =>
      page
        .getByLabel(compose.list, { exact: true })
        .selectOption({ label: fill(compose.listOption, { name: words.empty, count: 0 }) }),
    form: () => ({ listId: emptyListPath.split('/').at(-1) }),
    text: item['list-empty'],
    code: 'LIST_EMPTY',
  },
  {
    what: 'a start in the past',
    spoil: async () => {
      await page.getByRole('radio', { name: compose.startAt }).check();
      await page.getByLabel(compose.date).fill(anHourAgo());
    },
    form: () => ({ startMode: 'at', startLocal: anHourAgo() }),
    text: item['in-the-past'],
    code: 'IN_THE_PAST',
  },
  {
    what: 'a window that ends when it begins',
    spoil: async () => {
      await page.getByRole('radio', { name: compose.between }).check();
      await page.getByLabel(compose.windowStart).fill('10:00');
      await page.getByLabel(compose.windowEnd).fill('10:00');
    },
    form: () => ({ isAllDay: false, windowStart: '10:00', windowEnd: '10:00' }),
    text: item['window-empty'],
    code: 'WINDOW_EMPTY',
  },
  {
    what: 'a window without a day',
    spoil: async () => {
      const days = page.getByRole('group', { name: compose.days }).getByRole('checkbox');
      for (const day of await days.all()) await day.uncheck();
    },
    form: () => ({ days: [] }),
    text: item['window-no-days'],
    code: 'CAMPAIGN_BLOCKED',
  },
  {
    what: "a From that is not the tenant's",
    spoil: () => page.getByLabel(compose.fromEmail, { exact: true }).fill('news@fuji.example'),
    form: () => ({ fromEmail: 'news@fuji.example' }),
    text: fill(item['from-not-proven'], { domain: 'fuji.example' }),
    code: 'FROM_NOT_PROVEN',
  },
];

for (const { what, spoil, form, text, code } of DRAFTS) {
  test(`${what} blocks the campaign, on the page and behind it, and it stays a draft`, async () => {
    const name = unique('だめ');
    const path = await composeCampaign(page, {
      name,
      template: words.template,
      list: words.list,
      people: 1,
    });
    const go = page.getByRole('button', { name: /^配信を(開始|予約)する$/ });
    await expect(go).toBeEnabled();
    await spoil();
    await saved(page);
    await expect(page.getByRole('listitem').filter({ hasText: text })).toBeVisible();
    await expect(go).toBeDisabled();

    const id = path.split('/').at(-1);
    const sent = await callAction(page.request, 'scheduleCampaign', {
      id,
      form: { ...(await formOf(name)), ...form() },
    });
    expect(sent).toMatchObject({ ok: false, code });
    await page.goto(path);
    await expect(page).toHaveURL(new RegExp(`${path}/edit$`));
    await expect(page.getByText(campaigns.state.draft, { exact: true })).toBeVisible();
  });
}

/** What a list shows: its people and its imports. */
async function contentOf(path: string): Promise<string[]> {
  const shown: string[] = [];
  for (const place of [path, `${path}/import`]) {
    await page.goto(place);
    shown.push(...(await page.getByRole('row').allInnerTexts()));
  }
  return shown;
}

/** The good draft as the page sends it. */
async function formOf(name: string) {
  await page.goto('/templates');
  const href = await page.getByRole('link', { name: words.template }).getAttribute('href');
  return {
    ...PLAIN_DRAFT,
    name,
    listId: listPath.split('/').at(-1),
    templateId: href?.split('/').at(-1),
  };
}

function anHourAgo(): string {
  return localTime(Date.now() - 3_600_000).slice(0, 16);
}

interface Spoiled {
  what: string;
  spoil: () => Promise<unknown>;
  /** The same, as whoever leaves our page out would send it. */
  form: () => Record<string, unknown>;
  text: string;
  /** What the action answers. */
  code: string;
}
