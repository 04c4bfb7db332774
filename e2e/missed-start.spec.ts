/** A campaign whose start passed while no worker was up does not start by itself: it says so, is asked about at home, and starts by hand. */
import { expect, test } from '@playwright/test';
import { fill, ja } from './support/catalogue.ts';
import { PEOPLE } from './support/installation.ts';
import { missStart } from './support/missed-start.ts';
import { pageAs, unique } from './support/people.ts';
import { makeQuick } from './support/receiver.ts';
import {
  chooseFile,
  composeCampaign,
  createList,
  followToTheEnd,
  localTime,
  outcome,
  saved,
  saveTemplate,
  schedule,
} from './support/work-steps.ts';

const { campaigns, home, imports, templates } = ja;
const HOUR_MS = 3_600_000;

test('a missed start is asked about, and started by hand', async ({ browser }) => {
  // Nobody bounces or is put off by the chance of its name.
  const restore = await makeQuick({ deferShare: 0 });
  const owner = await pageAs(browser, PEOPLE.owner);
  const [name, list, template] = [unique('遅れた'), unique('遅れ'), unique('遅れのお知らせ')];
  const listPath = await createList(owner, list);
  await owner.goto(`${listPath}/import`);
  const csv = `email\nlate-${unique('a')}@company.example\n`;
  await chooseFile(owner, 'one.csv', Buffer.from(csv));
  await owner.getByRole('button', { name: imports.start }).click();
  await expect(owner.getByText(imports.finishedTitle)).toBeVisible({ timeout: 60_000 });
  await saveTemplate(owner, { name: template, subject: '件名', html: '<p>本文</p>', text: '' });
  await expect(owner.getByText(templates.editor.saved, { exact: true })).toBeVisible();
  const path = await composeCampaign(owner, { name, template, list, people: 1 });
  await owner.getByRole('radio', { name: campaigns.compose.startAt }).check();
  await owner.getByLabel(campaigns.compose.date).fill(localTime(Date.now() + HOUR_MS));
  await saved(owner);
  await schedule(owner, 'at');

  await missStart(path.split('/').at(-1) ?? '');
  const [before = '', after = ''] = campaigns.live.missedTitle.split('{time}');
  const notice = owner.getByRole('status').filter({ hasText: after });
  await expect(notice).toBeVisible({ timeout: 30_000 });
  await expect(notice).toContainText(before);
  await expect(notice).toContainText(campaigns.live.missedBody);
  await owner.goto('/campaigns');
  await expect(owner.getByRole('row').filter({ hasText: name })).toContainText(
    campaigns.state.missed,
  );
  await owner.goto('/');
  await owner.getByRole('link', { name: fill(home.missed, { name }) }).click();
  await owner.waitForURL(new RegExp(`${path}$`));
  await owner.getByRole('button', { name: campaigns.live.startMissed, exact: true }).click();
  await expect(notice).toBeHidden();
  await followToTheEnd(owner, 60_000);
  await expect(outcome(owner, 'accepted', 1)).toBeVisible();
  await owner.context().close();
  await restore();
});
