/** What the pages of a report say, read off as a person would. */
import type { Page } from '@playwright/test';
import { ja } from './catalogue.ts';

const { people, destinations, stateShort } = ja.reports;

/** The addresses of a list of people, over all its pages. */
export async function readPeople(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (;;) {
    const table = page.getByRole('table', { name: people.caption });
    await table.waitFor();
    found.push(...(await table.locator('tbody tr td:first-child').allInnerTexts()));
    const next = page.getByRole('link', { name: people.next });
    if ((await next.count()) === 0) return found;
    const href = await next.getAttribute('href');
    await page.goto(href ?? '');
  }
}

/** Counts by destination: what stands in the table under the headings of these states. */
export async function readDestinations(page: Page) {
  const table = page.getByRole('table', { name: destinations.caption });
  await table.waitFor();
  const headings = await table.getByRole('columnheader').allInnerTexts();
  const found = new Map<string, DestinationCounts>();
  for (const row of await table.locator('tbody tr').all()) {
    const cells = await row.getByRole('cell').allInnerTexts();
    const count = (heading: string) =>
      Number(cells[headings.indexOf(heading)]?.replaceAll(',', ''));
    found.set(cells[0] ?? '', {
      total: count(destinations.total),
      accepted: count(stateShort.accepted),
      bounced: count(stateShort.bounced),
      unknown: count(stateShort.unknown),
    });
  }
  return found;
}

interface DestinationCounts {
  total: number;
  accepted: number;
  bounced: number;
  unknown: number;
}
