/** What a customer does on the way to a report, each step by what the screen says. */
import { expect, type Page } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { fill, ja, number } from './catalogue.ts';

const { campaigns, imports, lists, reports, templates } = ja;

/** Opens a new list and returns its path. */
export async function createList(page: Page, name: string): Promise<string> {
  await page.goto('/lists');
  await page.getByRole('button', { name: lists.create }).first().click();
  await page.getByLabel(lists.name, { exact: true }).fill(name);
  await page.getByRole('button', { name: lists.createSubmit, exact: true }).click();
  await page.waitForURL(/\/lists\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname;
}

/** Hands a file to the upload box of the page that is open. */
export async function chooseFile(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page
    .getByLabel(imports.choose)
    .and(page.locator(':enabled'))
    .setInputFiles({ name, mimeType: 'text/csv', buffer });
}

/** Saves a template. It says so itself when it does not parse. */
export async function saveTemplate(page: Page, template: TemplateWords): Promise<void> {
  const t = templates.editor;
  await page.goto('/templates/new');
  await page.getByLabel(t.name, { exact: true }).fill(template.name);
  await page.getByLabel(t.subject, { exact: true }).fill(template.subject);
  await page.getByRole('textbox', { name: t.html }).fill(template.html);
  await page.getByRole('tab', { name: t.text }).click();
  await page.getByRole('textbox', { name: t.text }).fill(template.text);
  await page.getByRole('button', { name: t.save, exact: true }).click();
}

/** Makes a draft and fills it in, to start at once and at any hour. Returns the campaign's path. */
export async function composeCampaign(page: Page, draft: DraftWords): Promise<string> {
  const t = campaigns.compose;
  await page.goto('/campaigns');
  await page.getByRole('button', { name: campaigns.new }).first().click();
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}\/edit$/);
  await expect(page.getByLabel(t.name)).toBeEditable();
  await page.getByLabel(t.name).fill(draft.name);
  await page.getByLabel(t.template, { exact: true }).selectOption({ label: draft.template });
  const list = fill(t.listOption, { name: draft.list, count: draft.people });
  await page.getByLabel(t.list, { exact: true }).selectOption({ label: list });
  await page.getByLabel(t.fromName, { exact: true }).fill('桜商店');
  await page
    .getByLabel(t.fromEmail, { exact: true })
    .fill(draft.fromEmail ?? 'news@sakura.example');
  await page.getByRole('radio', { name: t.startNow }).check();
  await page.getByRole('radio', { name: t.allDay, exact: true }).check();
  await saved(page);
  return new URL(page.url()).pathname.replace(/\/edit$/, '');
}

/** Waits until what is on the screen has been saved and judged. */
export async function saved(page: Page): Promise<void> {
  const [before = ''] = campaigns.compose.saved.split('{time}');
  await expect(page.getByRole('status').filter({ hasText: before })).toBeVisible();
}

/** Presses the button and confirms; ends on the campaign's page. */
export async function schedule(page: Page, when: 'now' | 'at'): Promise<void> {
  const t = campaigns.schedule;
  const button = when === 'now' ? t.buttonNow : t.button;
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: t.confirm }).click();
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/);
}

/** A local time in a zone, for a field that takes date and time. */
export function localTime(atMs: number, timeZone = 'Asia/Tokyo'): string {
  const text = new Date(atMs).toLocaleString('sv-SE', { timeZone });
  return text.replace(' ', 'T');
}

/**
 * Stays on the campaign's page until it says that it is over, without a reload. Whatever is seen on the way has to
 * add up, and so has the end.
 */
export async function followToTheEnd(page: Page, timeoutMs: number): Promise<void> {
  const badge = page.getByRole('main').getByText(campaigns.state.finished, { exact: true });
  const [before = '', after = ''] = reports.funnel.differs.split('{count, number}');
  await expect(async () => {
    await expect(page.getByText(before + after)).toHaveCount(0);
    await addUp(page);
    await expect(badge).toBeVisible({ timeout: 250 });
  }).toPass({ intervals: [500], timeout: timeoutMs });
  expect(await addUp(page), 'the sum of all outcomes').toBeGreaterThan(0);
}

/** Reads `受理 1 + 拒否 2 = 3`, checks it, and returns the total; 0 where it is not shown yet. */
async function addUp(page: Page): Promise<number> {
  const sum = page.getByText(reports.funnel.reconciles).locator('..');
  if ((await sum.count()) === 0) return 0;
  const line = (await sum.textContent()) ?? '';
  const [parts = '', total = ''] = line.split('=');
  const value = (text: string) => Number(/[\d,]+/.exec(text)?.[0].replaceAll(',', ''));
  const added = parts.split('+').reduce((all, part) => all + value(part), 0);
  expect(added, line).toBe(value(total));
  return added;
}

/** One number of the report, if that is what it says; a link to the people whom it counts. */
export function outcome(page: Page, state: Outcome, count: number) {
  const label = state === 'total' ? reports.funnel.total : reports.deliveryState[state];
  const region = page.getByRole('region', { name: reports.funnel.title });
  return region.getByRole('link', { name: new RegExp(`^${label} ${number(count)}(?: |$)`) });
}

/** Follows a download link; rows by the headings of the first line. */
export async function downloadRows(page: Page, link: string): Promise<Record<string, string>[]> {
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: link }).click();
  const parts: Buffer[] = [];
  for await (const part of await (await download).createReadStream()) parts.push(part as Buffer);
  return parse(Buffer.concat(parts), { bom: true, columns: true, relax_column_count: false });
}

export type Outcome = keyof typeof reports.deliveryState | 'total';

export interface TemplateWords {
  name: string;
  subject: string;
  html: string;
  text: string;
}

export interface DraftWords {
  name: string;
  template: string;
  list: string;
  /** How many are on the list. */
  people: number;
  fromEmail?: string;
}
