/** One id of every kind that belongs to the first tenant, read from its own pages; and as many that belong to nobody. */
import { randomUUID } from 'node:crypto';
import { type Browser, expect, type Page } from '@playwright/test';
import { callAction } from './actions.ts';
import { installation, PEOPLE } from './installation.ts';
import { pageAs, unique } from './people.ts';

export interface Ids {
  tenantId: string;
  listId: string;
  personId: string;
  importId: string;
  suppressionId: string;
  templateId: string;
  campaignId: string;
  draftId: string;
  deliveryId: string;
  userId: string;
}

/** Ids that nobody has. */
export function randomIds(): Ids {
  return {
    tenantId: randomUUID(),
    listId: randomUUID(),
    personId: '4611686018427387904',
    importId: randomUUID(),
    suppressionId: '4611686018427387905',
    templateId: randomUUID(),
    campaignId: randomUUID(),
    draftId: randomUUID(),
    deliveryId: '4611686018427387906',
    userId: randomUUID(),
  };
}

/** Ids of the tenant that `page` is signed in to as owner. */
export async function readVictim(browser: Browser, page: Page): Promise<Ids> {
  const href = async (path: string, pattern: RegExp) => {
    await page.goto(path);
    const found = pattern.exec(await page.content());
    expect(found, `${path} shows something like ${pattern}`).not.toBeNull();
    return found?.[1] ?? '';
  };
  const idOf = async (path: string, name: string) => {
    await page.goto(path);
    const link = await page.getByRole('link', { name, exact: true }).first().getAttribute('href');
    return link?.split('/').at(-1) ?? '';
  };
  // By the names that the demo gives them: other tests make lists and campaigns that hold nobody.
  const listId = await idOf('/lists', '会員リスト');
  const campaignId = await idOf('/campaigns', '友の会へのお礼');
  const email = `${unique('canary')}@victim.example`;
  await callAction(page.request, 'addSuppressions', { emails: email });
  return {
    listId,
    campaignId,
    personId: await href(`/lists/${listId}`, /\/people\/(\d+)"/),
    templateId: await href('/templates', /href="\/templates\/([0-9a-f-]{36})"/),
    deliveryId: await href(`/campaigns/${campaignId}/people`, /\/people\/(\d+)"/),
    userId: await href('/settings/members', /userId\W+([0-9a-f-]{36})\W+email\W+viewer@/),
    suppressionId: await href(
      `/suppressions?q=${encodeURIComponent(email)}`,
      /\W+id\W{1,6}(\d+)\W/,
    ),
    importId: await upload(page, listId),
    draftId: await makeDraft(page),
    tenantId: await readTenantId(browser),
  };
}

async function upload(page: Page, listId: string): Promise<string> {
  const answer = await page.request.post(`/api/lists/${listId}/imports?filename=victim.csv`, {
    data: Buffer.from('email,name\ncanary@victim.example,Canary\n'),
    headers: { origin: new URL(installation.url).origin },
  });
  return ((await answer.json()) as { importId: string }).importId;
}

async function makeDraft(page: Page): Promise<string> {
  const outcome = await callAction(page.request, 'createCampaign', { name: unique('下書き') });
  return (outcome as { data: { id: string } }).data.id;
}

async function readTenantId(browser: Browser): Promise<string> {
  const staff = await pageAs(browser, PEOPLE.staff);
  await staff.goto('/staff/tenants');
  const link = await staff.getByRole('link', { name: /桜商店|さくら商店/ }).getAttribute('href');
  await staff.context().close();
  return link?.split('/').at(-1) ?? '';
}
