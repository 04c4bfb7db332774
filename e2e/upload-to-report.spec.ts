/**
 * The product's promise, from end to end: a list of 10,000 rows as a spreadsheet saves it, a campaign that starts at its
 * time, and a report in which every recipient is accounted for, as the delivery log and the receiver's journal have it.
 */
import { expect, type Page, test } from '@playwright/test';
import { accountOfJournal, accountOfLog, accountOfReport, difference } from './support/accounts.ts';
import { fill, ja, number } from './support/catalogue.ts';
import { readLog, reconcile } from './support/delivery-log.ts';
import { PEOPLE } from './support/installation.ts';
import { type Fate, makeMailList, type Person } from './support/mail-list.ts';
import { pageAs, unique } from './support/people.ts';
import { journalEnd, makeQuick, readJournal, readMessage } from './support/receiver.ts';
import { readDestinations, readPeople } from './support/report-pages.ts';
import { shiftJis } from './support/shift-jis.ts';
import {
  chooseFile,
  composeCampaign,
  createList,
  downloadRows,
  followToTheEnd,
  localTime,
  outcome,
  saved,
  saveTemplate,
  schedule,
} from './support/work-steps.ts';

const { campaigns, imports, reports, unsubscribe } = ja;

const ROWS = 10_000;
const START_IN_MS = 20_000;
/** For a busy machine with two cores; a quiet one needs a tenth of it. */
const END_MAX_MS = 300_000;

const list = makeMailList(ROWS, unique('p'));
const addresses = new Set(list.people.map(({ email }) => email));
const of = (...fates: Fate[]) => list.people.filter(({ fate }) => fates.includes(fate));
const emails = (people: readonly Person[]) => people.map(({ email }) => email).sort();
const words = { list: unique('会員名簿'), template: unique('秋のご案内') };

let page: Page;
let giveMannersBack: (() => Promise<void>) | undefined;
let campaign = '';
let journalStart = 0;
/** Everybody who is to get no further campaign. */
const gone = new Set(emails(of('dead')));

test.describe.configure({ mode: 'serial', timeout: END_MAX_MS + 60_000 });

test.beforeAll(async ({ browser }) => {
  giveMannersBack = await makeQuick();
  page = await pageAs(browser, PEOPLE.owner);
});

test.afterAll(async () => {
  await page?.context().close();
  await giveMannersBack?.();
});

test('a Shift_JIS file becomes a list, and each of its rows is new, a duplicate, or refused by line', async () => {
  const path = await createList(page, words.list);
  await page.goto(`${path}/import`);
  await chooseFile(page, '会員名簿.csv', shiftJis(list.csv));
  await page.waitForURL(/\/import\/[0-9a-f-]{36}$/);
  await expect(page.getByLabel(imports.encoding)).toHaveValue('shift_jis');
  await expect(page.getByLabel(imports.addressColumn)).toHaveValue('2');
  await page.getByRole('button', { name: imports.start }).click();
  await expect(page.getByText(imports.counts.duplicateNote)).toBeVisible();
  // Progress is the database's: a reload in the middle loses nothing.
  await page.reload();
  await expect(page.getByText(imports.finishedTitle)).toBeVisible({ timeout: 60_000 });

  const { people, repeated, refused } = list;
  expect(people.length + repeated.length + refused.length).toBe(ROWS);
  const counts = {
    new: people.length,
    updated: 0,
    duplicate: repeated.length,
    refused: refused.length,
  };
  for (const [key, count] of Object.entries(counts)) {
    const label = imports.counts[key as keyof typeof counts];
    const stat = page.getByRole('main').getByText(label, { exact: true }).locator('../..');
    await expect(stat).toContainText(`${label}${number(count)}`);
  }
  const rows = await downloadRows(page, imports.refusedCsv);
  expect(
    rows.map((row) => ({
      line: Number(row[imports.csvLine]),
      code: row[imports.csvCode],
      value: row[imports.csvValue],
    })),
  ).toEqual(refused);
});

test('a campaign waits for its time, is seen until its end, and adds up at every look', async () => {
  await saveTemplate(page, {
    name: words.template,
    subject: '{{ name }}様へ 秋のご案内',
    html: '<p>{{ name }} 様</p><p>{{ 会社名 | default: "個人" }}</p>',
    text: '{{ name }} 様\n{{ 会社名 | default: "個人" }}\n配信停止: {{ unsubscribe_url }}\n',
  });
  await expect(page.getByText(ja.templates.editor.saved)).toBeVisible();
  campaign = await composeCampaign(page, {
    name: unique('秋の配信'),
    template: words.template,
    list: words.list,
    people: list.people.length,
  });
  await page.getByRole('radio', { name: campaigns.compose.startAt }).check();
  const startAtMs = Math.ceil((Date.now() + START_IN_MS) / 1_000) * 1_000;
  await page.getByLabel(campaigns.compose.date).fill(localTime(startAtMs));
  await saved(page);
  journalStart = journalEnd();
  await schedule(page, 'at');
  await expect(page.getByText(campaigns.state.scheduled, { exact: true })).toBeVisible();

  await followToTheEnd(page, END_MAX_MS);
  const journal = (await readJournal(journalStart)).filter((row) => isOurs(row.recipient));
  const first = Math.min(...journal.map(({ at }) => Date.parse(at)));
  expect(first).toBeGreaterThanOrEqual(startAtMs);
});

test('report, delivery log and journal tell the same of every recipient', async () => {
  await page.goto(campaign);
  const deliveries = await downloadRows(page, reports.csv.deliveries);
  const attempts = await downloadRows(page, reports.csv.attempts);
  const log = await readLog(campaign.split('/').at(-1) ?? '');
  const journal = await readJournal(journalStart);

  const report = accountOfReport(deliveries, attempts);
  expect(report).toHaveLength(list.people.length);
  expect(log).toHaveLength(list.people.length);
  expect(difference(report, accountOfLog(log)), 'report and log').toEqual([]);
  expect(difference(report, accountOfJournal(journal, isOurs)), 'report and journal').toEqual([]);
  // And it is what these people's servers were told to do.
  const column = reports.csvColumn;
  const inState = (state: string) =>
    deliveries
      .filter((row) => row[column.state_id] === state)
      .map((row) => row[column.address])
      .sort();
  expect(inState('accepted')).toEqual(emails(of('accepted', 'deferred')));
  expect(inState('bounced')).toEqual(emails(of('dead')));
  expect(inState('unknown')).toEqual(emails(of('unknown')));

  const { code, output } = await reconcile(campaign.split('/').at(-1) ?? '');
  expect(output).toContain('"differences":0');
  expect(code).toBe(0);
});

test('the numbers on the screen are these recipients, and each opens them', async () => {
  const dead = of('dead').length;
  const unknown = of('unknown').length;
  await page.goto(campaign);
  await expect(outcome(page, 'total', list.people.length)).toBeVisible();
  await expect(outcome(page, 'accepted', list.people.length - dead - unknown)).toBeVisible();
  await expect(outcome(page, 'expired', 0)).toBeVisible();
  await outcome(page, 'unknown', unknown).click();
  expect((await readPeople(page)).sort()).toEqual(emails(of('unknown')));
  await page.goto(campaign);
  await outcome(page, 'bounced', dead).click();
  expect((await readPeople(page)).sort()).toEqual(emails(of('dead')));

  await page.goto(`${campaign}/destinations`);
  const expected = new Map(
    [...new Set(list.people.map(({ domain }) => domain))].map((domain) => {
      const there = list.people.filter((person) => person.domain === domain);
      const count = (...fates: Fate[]) => there.filter(({ fate }) => fates.includes(fate)).length;
      return [
        domain,
        {
          total: there.length,
          accepted: count('accepted', 'deferred'),
          bounced: count('dead'),
          unknown: count('unknown'),
        },
      ];
    }),
  );
  expect(await readDestinations(page)).toEqual(expected);
});

test('a recipient is shown with what the file said of them and what their server answered', async () => {
  const open = async (person: Person | undefined) => {
    const email = person?.email ?? '';
    await page.goto(`${campaign}/people?search=${encodeURIComponent(email)}`);
    await page.getByRole('link', { name: email }).click();
    await expect(page.getByRole('heading', { name: reports.timeline.title })).toBeVisible();
  };
  await open(of('dead')[0]);
  await expect(page.locator('pre')).toHaveText(/^550[ -]5\.1\.1 /);
  await open(of('deferred')[0]);
  await expect(page.getByText(fill(reports.timeline.attempt, { n: 2 }))).toBeVisible();
  const person = list.people.find(({ note }) => note.includes('\r\n'));
  await open(person);
  await expect(page.getByText(`会社名: ${person?.company}`)).toBeVisible();
  await expect(page.getByText(`備考: ${person?.note.replace(/\s+/g, ' ')}`)).toBeVisible();
});

test('a message speaks to its person, and its link takes that person off the list', async ({
  browser,
}) => {
  const [reader, clicker] = of('accepted').filter(({ company }) => company.startsWith('㈱'));
  if (!reader || !clicker) throw new Error('The list has nobody of that company.');
  const message = await readMessage(reader.email);
  expect(message.subject).toBe(`${reader.name}様へ 秋のご案内`);
  expect(message.text).toContain(`${reader.name} 様\n${reader.company}\n`);
  expect(message.html).toContain(`<p>${reader.company}</p>`);

  // Who stands in the file twice is who they were in the first row.
  const twice = list.repeated.find(({ fate }) => fate === 'accepted') as Person;
  expect((await readMessage(twice.email)).subject).toBe(`${twice.name}様へ 秋のご案内`);

  const link = /https?:\S+\/u\/\S+/.exec(message.text)?.[0] ?? '';
  const context = await browser.newContext({ locale: 'ja-JP' });
  const anybody = await context.newPage();
  await anybody.goto(link);
  await anybody.getByRole('button', { name: unsubscribe.button }).click();
  await expect(anybody.getByText(unsubscribe.doneTitle)).toBeVisible();
  await context.close();

  // What a mail program does when its own button is pressed (RFC 8058).
  const other = await readMessage(clicker.email);
  expect(other.hasOneClick).toBe(true);
  const body = 'List-Unsubscribe=One-Click';
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await fetch(other.unsubscribeUrl, { method: 'POST', headers, body });
  expect(answer.status).toBe(200);
  for (const { email } of [reader, clicker]) gone.add(email);
});

test('the following campaign leaves out dead mailboxes and who unsubscribed, and reaches all others', async () => {
  campaign = await composeCampaign(page, {
    name: unique('冬の配信'),
    template: words.template,
    list: words.list,
    people: list.people.length,
  });
  const t = campaigns.checklist;
  const recipients = list.people.length - gone.size;
  const said = fill(t.item.recipients, { recipients, excluded: gone.size });
  await expect(page.getByText(said)).toBeVisible();
  const excluded = {
    'suppressed-unknown-user': of('dead').length,
    'suppressed-unsubscribed': gone.size - of('dead').length,
  };
  for (const [reason, count] of Object.entries(excluded)) {
    const label = t.exclusion[reason as keyof typeof excluded];
    const term = page.getByRole('term').filter({ hasText: label });
    // The number beside the reason; some reasons lead to the page that explains them.
    await expect(term.locator('xpath=following-sibling::dd')).toHaveText(number(count));
  }
  journalStart = journalEnd();
  await schedule(page, 'now');
  await followToTheEnd(page, END_MAX_MS);

  const rest = emails(list.people).filter((email) => !gone.has(email));
  const deliveries = await downloadRows(page, reports.csv.deliveries);
  expect(deliveries.map((row) => row[reports.csvColumn.address]).sort()).toEqual(rest);
  const journal = (await readJournal(journalStart)).filter((row) => isOurs(row.recipient));
  expect([...new Set(journal.map(({ recipient }) => recipient))].sort()).toEqual(rest);
  // Whose first message was taken without a word gets this one with an answer: nobody is unknown.
  await expect(outcome(page, 'accepted', rest.length)).toBeVisible();
  expect((await reconcile(campaign.split('/').at(-1) ?? '')).code).toBe(0);
});

function isOurs(recipient: string | null): boolean {
  return recipient !== null && addresses.has(recipient);
}
