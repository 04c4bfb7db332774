/** `npm run reconcile` and `npm run admin`, as processes, against what a worker really delivered. */
import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, type TestDatabase } from '@hikyaku/testkit/postgres';
import { type ReceiverProcess, startReceiverProcess } from '@hikyaku/testkit/receiver-process';
import { openScenario, type Scenario } from '@hikyaku/testkit/scenario';
import { startWorkerProcess } from '@hikyaku/testkit/worker-process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SCRIPTS = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts as Record<
  string,
  string
>;

let database: TestDatabase;
let receiver: ReceiverProcess;
let scenario: Scenario;
let campaignId: string;
let folder: string;

beforeAll(async () => {
  database = await createTestDatabase();
  receiver = await startReceiverProcess({ journalSync: 'off' });
  scenario = await openScenario(database.superuserUrl);
  folder = mkdtempSync(join(tmpdir(), 'hikyaku-cli-'));
  const tenantId = await scenario.tenant();
  const emails = ['a', 'b', 'unknown-c', 'tempfail-once-d'].map((name) => `${name}@cli.example`);
  campaignId = await scenario.campaign({ tenantId, listId: await scenario.list(tenantId, emails) });
  const worker = await startWorkerProcess({ database, routes: receiver.routes });
  await scenario.finished(campaignId, 120_000);
  await worker.stop(30_000);
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await scenario?.close();
  await receiver?.stop();
  await database?.drop();
});

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs what package.json says for `npm run <name>`, as npm does. */
function run(name: 'reconcile' | 'admin', ...args: string[]): Promise<Ended> {
  const [node, ...words] = (SCRIPTS[name] as string).split(' ');
  expect(node).toBe('node');
  const env = {
    ...process.env,
    WORKER_DATABASE_URL: database.workerUrl,
    STAFF_DATABASE_URL: database.staffUrl,
    AUTH_DATABASE_URL: database.authUrl,
    BASE_URL: 'https://mail.example.com',
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [...words, ...args], { cwd: ROOT, env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

const reconcile = (...args: string[]) => run('reconcile', '--campaign', campaignId, ...args);

/** A change that is undone when `work` is over. */
async function tampered<T>(set: string, where: string, work: () => Promise<T>): Promise<T> {
  const [row] = await scenario.query<{ state: string; attempts: number }>(
    `select state, attempts from delivery where ${where}`,
  );
  await scenario.query(`update delivery set ${set} where ${where}`);
  try {
    return await work();
  } finally {
    await scenario.query(`update delivery set state = $1, attempts = $2 where ${where}`, [
      row?.state,
      row?.attempts,
    ]);
  }
}

function journalWithout(change: (lines: string[]) => string[]): string {
  const path = join(folder, `${randomUUID()}.jsonl`);
  const lines = readFileSync(receiver.journalPath, 'utf8').split('\n').filter(Boolean);
  writeFileSync(path, `${change(lines).join('\n')}\n`);
  return path;
}

describe('npm run reconcile', () => {
  test('rows, log and journal agree: exit 0, with the totals', async () => {
    const told = await reconcile('--journal', receiver.journalPath);
    expect(told).toMatchObject({ code: 0, stderr: '' });
    expect(told.stdout).toContain('Rows, log and journal agree.');
    expect(told.stdout).toMatch(/accepted +3/);
    const json = await reconcile('--json');
    expect(json.code).toBe(0);
    expect(JSON.parse(json.stdout.trim().split('\n').at(-1) ?? '')).toEqual({
      campaign: campaignId,
      state: 'finished',
      total: 4,
      rows: 4,
      states: { accepted: 3, bounced: 1 },
      differences: 0,
      shown: [],
    });
  });

  test('a row that was changed behind the log: exit 1, and it is named', async () => {
    const told = await tampered(`state = 'accepted'`, `email = 'unknown-c@cli.example'`, () =>
      reconcile(),
    );
    expect(told.code).toBe(1);
    expect(told.stdout).toMatch(
      /DIFFERENT state-differs delivery \d+: row is accepted, log ends with bounced/,
    );
    const attempts = await tampered('attempts = 5', `email = 'a@cli.example'`, () => reconcile());
    expect(attempts.code).toBe(1);
    expect(attempts.stdout).toMatch(/DIFFERENT attempts-differ .*row says 5, log holds 1/);
  });

  test('a row that is gone: exit 1, the total differs', async () => {
    await scenario.query('update campaign set total = 5 where id = $1', [campaignId]);
    const told = await reconcile();
    await scenario.query('update campaign set total = 4 where id = $1', [campaignId]);
    expect(told.code).toBe(1);
    expect(told.stdout).toContain('the campaign says 5, there are 4 rows');
  });

  test('a journal that lacks a copy, or has one twice: exit 1, and it is named', async () => {
    const isA = (line: string) => line.includes('"a@cli.example"') && line.includes('"accepted"');
    const lost = await reconcile(
      '--journal',
      journalWithout((lines) => lines.filter((line) => !isA(line))),
    );
    expect(lost.code).toBe(1);
    expect(lost.stdout).toMatch(/DIFFERENT accepted-not-in-journal delivery \d+: a@cli\.example/);
    const twice = await reconcile(
      '--journal',
      journalWithout((lines) => [...lines, ...lines.filter(isA)]),
    );
    expect(twice.code).toBe(1);
    expect(twice.stdout).toMatch(/DIFFERENT twice-in-journal delivery \d+: 2 copies/);
  });

  test('a journal that another campaign shares changes nothing; one that is not there is said', async () => {
    const other = JSON.stringify({ event: 'accepted', headerDeliveryId: '999999999' });
    const told = await reconcile(
      '--journal',
      journalWithout((lines) => [...lines, other]),
    );
    expect(told.code).toBe(0);
    const missing = await reconcile('--journal', join(folder, 'none.jsonl'));
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('none.jsonl');
  });

  test('an id that no campaign has, or that is none: exit 2, with what to do', async () => {
    const unknown = await run('reconcile', '--campaign', randomUUID());
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('There is no campaign');
    const wrong = [['--campaign', '7'], [], ['--campain', 'x']];
    const told = await Promise.all(wrong.map((args) => run('reconcile', ...args)));
    for (const [i, { code, stderr }] of told.entries()) {
      expect(code, wrong[i]?.join(' ')).toBe(2);
      expect(stderr).toContain('--campaign ID');
    }
  });
});

describe('npm run admin', () => {
  const create = (...args: string[]) => run('admin', 'create-staff', ...args);

  test('create-staff makes a staff user and prints a link that works once', async () => {
    const told = await create(
      '--email',
      'Ops@Example.com',
      '--name',
      '山田 太郎',
      '--locale',
      'en',
    );
    expect(told).toMatchObject({ code: 0, stderr: '' });
    const token = /https:\/\/mail\.example\.com\/password\/([\w-]+)/.exec(told.stdout)?.[1] ?? '';
    const hash = createHash('sha256').update(token).digest('hex');
    const rows = await scenario.query(
      `select u.email, u.name, u.locale, u.is_staff as staff, l.used_at as used,
              l.expires_at > now() + interval '47 hours' and l.expires_at < now() + interval '49 hours' as two_days
         from one_time_link l join app_user u on u.id = l.user_id where l.token_hash = $1`,
      [hash],
    );
    expect(rows).toEqual([
      {
        email: 'ops@example.com',
        name: '山田 太郎',
        locale: 'en',
        staff: true,
        used: null,
        two_days: true,
      },
    ]);
  });

  test('the same address again makes nobody new, and a new link', async () => {
    const told = await create('--email', 'ops@example.com', '--name', 'Again');
    expect(told.code).toBe(0);
    const people = await scenario.query<{ name: string }>(
      `select u.name from one_time_link l join app_user u on u.id = l.user_id`,
    );
    expect(people.map((person) => person.name)).toEqual(['山田 太郎', '山田 太郎']);
  });

  test('what is no address is refused, and makes nobody', async () => {
    const told = await create('--email', 'no address', '--name', 'x');
    expect(told).toMatchObject({ code: 1, stdout: '' });
    expect(told.stderr).toContain('No staff user was made');
    expect(await scenario.query('select 1 from app_user')).toHaveLength(1);
  });

  test('without what it needs, or with what it does not know, it says how it is used: exit 2', async () => {
    const wrong = [
      ['create-staff', '--email', 'x@example.com'],
      ['create-staff', '--name', 'x'],
      ['create-staff', '--email', 'x@example.com', '--name', 'x', '--locale', 'fr'],
      ['create-staff', '--mail', 'x@example.com'],
      [],
    ];
    const told = await Promise.all(wrong.map((args) => run('admin', ...args)));
    for (const [i, { code, stderr }] of told.entries()) {
      expect(code, wrong[i]?.join(' ')).toBe(2);
      expect(stderr).toContain('create-staff --email');
    }
  });
});
