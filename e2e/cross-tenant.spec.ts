/**
 * Every action and every route, called with another tenant's ids: the same answer as for ids of nobody, and nothing of
 * the other tenant has changed. An action or route that support/matrix.ts does not list fails here.
 */
import { expect, type Page, test } from '@playwright/test';
import { builtActions, builtRoutes, callAction } from './support/actions.ts';
import { installation, PEOPLE } from './support/installation.ts';
import { BY_ID, BY_TOKEN, READERS, ROUTES, STAFF_ONLY, WITHOUT_ID } from './support/matrix.ts';
import { pageAs } from './support/people.ts';
import { type Ids, randomIds, readVictim } from './support/victim.ts';

const nobody = randomIds();
let victim: Page;
let attacker: Page;
let theirs: Ids;
let before: Record<string, string>;

test.beforeAll(async ({ browser }) => {
  victim = await pageAs(browser, PEOPLE.owner);
  attacker = await pageAs(browser, PEOPLE.otherOwner);
  theirs = await readVictim(browser, victim);
  before = await whatVictimSees();
});

test.afterAll(async () => {
  for (const page of [victim, attacker]) await page.context().close();
});

test('every action and every route with an id is listed in the matrix', () => {
  const known = [BY_ID, READERS, STAFF_ONLY].flatMap((table) => Object.keys(table));
  expect([...builtActions().keys()].sort()).toEqual([...known, ...WITHOUT_ID].sort());
  const dynamic = builtRoutes().filter((route) => route.includes('['));
  expect([...new Set(dynamic)].sort()).toEqual([...Object.keys(ROUTES), ...BY_TOKEN].sort());
});

test('the ids of the other tenant are good ones: its own owner reaches them', async () => {
  for (const [route, pathOf] of Object.entries(ROUTES)) {
    if (route.startsWith('/staff') || route === '/suppressions/import/[importId]') continue;
    if (route === '/api/templates/tests/[id]') continue;
    const { status } = await visit(victim, pathOf(theirs));
    expect([200, 422], `${route} of its own owner`).toContain(status);
  }
});

for (const [name, inputOf] of Object.entries(BY_ID)) {
  test(`${name} with another tenant’s ids answers NOT_FOUND, as for ids of nobody`, async () => {
    const answer = await callAction(attacker.request, name, inputOf(theirs));
    expect(answer).toMatchObject({ ok: false, code: 'NOT_FOUND' });
    expect(answer).toEqual(await callAction(attacker.request, name, inputOf(nobody)));
  });
}

for (const [name, inputOf] of Object.entries(READERS)) {
  test(`${name} finds of another tenant what it finds of nobody`, async () => {
    const answer = await callAction(attacker.request, name, inputOf(theirs));
    expect(answer).toHaveProperty('ok');
    expect(answer).toEqual(await callAction(attacker.request, name, inputOf(nobody)));
  });
}

for (const [name, inputOf] of Object.entries(STAFF_ONLY)) {
  test(`${name} does not exist for an owner`, async () => {
    const answer = await callAction(attacker.request, name, inputOf(theirs));
    expect(answer).toMatchObject({ ok: false, code: 'NOT_FOUND' });
  });
}

test('a draft of one’s own takes no list and no template of another tenant', async () => {
  const made = await callAction(attacker.request, 'createCampaign', { name: 'x' });
  const { id } = (made as { data: { id: string } }).data;
  const save = (ids: Ids) =>
    callAction(attacker.request, 'saveDraft', BY_ID.saveDraft?.({ ...ids, draftId: id }));
  const answer = await save(theirs);
  expect(answer).toMatchObject({ ok: false });
  expect(answer).toEqual(await save(nobody));
  await callAction(attacker.request, 'deleteDraft', { id });
});

for (const [route, pathOf] of Object.entries(ROUTES)) {
  test(`${route} of another tenant is the 404 of an id of nobody`, async () => {
    const answer = await visit(attacker, pathOf(theirs));
    expect(answer.status).toBe(404);
    expect(answer).toEqual(await visit(attacker, pathOf(nobody)));
  });
}

test('a viewer changes nothing, and a stranger reaches nothing', async ({ browser, request }) => {
  const viewer = await pageAs(browser, PEOPLE.viewer);
  const changes = { ...BY_ID, ...STAFF_ONLY };
  for (const [name, inputOf] of Object.entries(changes)) {
    if (name !== 'switchTenant') {
      const seen = await callAction(viewer.request, name, inputOf(theirs));
      expect(seen, `${name} by a viewer`).toMatchObject({
        ok: false,
        code: name in STAFF_ONLY ? 'NOT_FOUND' : 'ROLE_TOO_LOW',
      });
    }
    const strange = await callAction(request, name, inputOf(theirs));
    expect(strange, `${name} by a stranger`).toMatchObject({ code: 'SIGN_IN_NEEDED' });
  }
  await viewer.context().close();
});

test('ids of the wrong shape are refused and break nothing', async () => {
  const odd = [{ not: '' }, ['a'], '__proto__', '', "'; drop table list; --", 1e30, true];
  for (const [name, inputOf] of Object.entries(BY_ID)) {
    for (const value of odd) {
      const ids = Object.fromEntries(Object.keys(nobody).map((key) => [key, value]));
      const answer = await callAction(attacker.request, name, inputOf(ids as never));
      expect(answer, `${name} with ${JSON.stringify(value)}`).toMatchObject({ ok: false });
      expect((answer as { code: string }).code).not.toBe('UNEXPECTED');
    }
  }
});

test('NUL in a search or a name breaks nothing', async () => {
  for (const path of ['/suppressions?q=%00', `/lists?q=%00`, '/staff/audit?tenant=%00']) {
    expect((await visit(attacker, path)).status).toBeLessThan(500);
  }
  const answer = await callAction(attacker.request, 'createList', { name: 'a\0' });
  expect(answer).toMatchObject({ ok: true });
  const { id } = (answer as { data: { id: string } }).data;
  expect((await visit(attacker, `/lists/${id}?q=%00a`)).status).toBe(200);
  await callAction(attacker.request, 'deleteList', { listId: id });
});

test('an upload from another site is refused', async () => {
  const answer = await attacker.request.post(`/api/lists/${theirs.listId}/imports`, {
    data: Buffer.from('email\na@b.example\n'),
    headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  });
  expect(answer.status()).toBe(403);
});

test('after all this the other tenant sees what it saw before', async () => {
  expect(await whatVictimSees()).toEqual(before);
});

async function whatVictimSees(): Promise<Record<string, string>> {
  const paths = [
    '/lists',
    `/lists/${theirs.listId}`,
    `/lists/${theirs.listId}/import/${theirs.importId}`,
    `/lists/${theirs.listId}/people/${theirs.personId}`,
    `/templates/${theirs.templateId}`,
    `/campaigns/${theirs.draftId}/edit`,
    // The demo's own campaign is under way and cleans dead addresses: what this file entered must stay as it was.
    '/suppressions?q=victim.example',
    '/settings',
    '/settings/members',
  ];
  const seen: Record<string, string> = {};
  for (const path of paths) {
    // The editor asks for its preview once it is there.
    await victim.goto(path, { waitUntil: 'networkidle' });
    const text = await victim.locator('main').innerText();
    // Its own viewer signs in meanwhile, which the list of members says.
    seen[path] = path === '/settings/members' ? text.replace(SIGNED_IN, '…') : text;
  }
  return seen;
}

const SIGNED_IN = /未ログイン|\d{4}年\d{1,2}月\d{1,2}日\(.\) \d{1,2}:\d{2}/g;

/** What a route answers, without what differs between any two requests. */
async function visit(page: Page, target: string) {
  const [path, method] = target.startsWith('POST ') ? [target.slice(5), 'POST'] : [target, 'GET'];
  const answer = await page.request.fetch(path ?? '', {
    method,
    headers: { origin: new URL(installation.url).origin },
    ...(method === 'POST' && { data: Buffer.from('name\nnobody\n') }),
  });
  const body = await answer.text();
  const isPage = answer.headers()['content-type']?.startsWith('text/html');
  return { status: answer.status(), body: isPage ? textOf(body) : body };
}

function textOf(html: string): string {
  return html
    .replace(/<script[\s\S]*?<\/script>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
}
