/**
 * What a bulk campaign puts on the wire: the same message for everybody, which speaks of nobody. An envelope of many around a
 * personal message would hand one person's address and unsubscribe link to all the others.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createTestDatabase, type TestDatabase } from '@hikyaku/testkit/postgres';
import { type ReceiverProcess, startReceiverProcess } from '@hikyaku/testkit/receiver-process';
import { openScenario, type Scenario } from '@hikyaku/testkit/scenario';
import { startWorkerProcess, type WorkerProcess } from '@hikyaku/testkit/worker-process';
import { afterAll, beforeAll, expect, test } from 'vitest';

const RECONCILE = join(import.meta.dirname, '../src/cli/reconcile.ts');
const NOTICE = { subject: '保守のお知らせ', html: '<p>12月1日に保守を行います。</p>', text: '' };
const people = (count: number, domain: string) =>
  Array.from({ length: count }, (_, n) => `p${n}@${domain}`);

let database: TestDatabase;
let receiver: ReceiverProcess;
let worker: WorkerProcess;
let scenario: Scenario;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hikyaku-bulk-'));
  database = await createTestDatabase();
  receiver = await startReceiverProcess({ keepMessages: folder, journalSync: 'off' });
  scenario = await openScenario(database.superuserUrl);
  worker = await startWorkerProcess({ database, routes: receiver.routes });
});

afterAll(async () => {
  await worker?.stop(30_000);
  await scenario?.close();
  await receiver?.stop();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

test('everybody gets the same bytes, nobody is named in them, and log = journal', async () => {
  const tenantId = await scenario.tenant();
  const good = [...people(230, 'one.example'), ...people(18, 'two.example')];
  const listId = await scenario.list(tenantId, [...good, 'unknown-a@one.example']);
  const campaignId = await scenario.campaign({ tenantId, listId, mode: 'bulk', content: NOTICE });
  await scenario.finished(campaignId);
  expect(await scenario.states(campaignId)).toEqual({ accepted: 248, bounced: 1 });

  const first = await contentFor('p0@one.example');
  expect(first).toContain('To: undisclosed-recipients:;');
  expect(first).toContain(`Message-ID: <bulk.${campaignId}@sakura.example>`);
  expect(first).not.toMatch(/@(one|two)\.example|List-Unsubscribe-Post|X-Hikyaku-Delivery/);
  for (const address of ['p7@one.example', 'p229@one.example', 'p3@two.example'])
    expect(await contentFor(address)).toBe(first);

  const args = [RECONCILE, '--campaign', campaignId, '--journal', receiver.journalPath, '--json'];
  const env = { ...process.env, WORKER_DATABASE_URL: database.workerUrl };
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({ differences: 0 });
});

/** Behind the fields that each hop adds. */
async function contentFor(recipient: string): Promise<string> {
  const { content } = (await receiver.lastMessageTo(recipient)) as { content: string };
  return content.slice(content.indexOf('From: '));
}
