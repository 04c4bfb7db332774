import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDb, type TestDb } from './database.ts';

const MAIN = fileURLToPath(new URL('./prisma-diff-main.ts', import.meta.url));
const SCHEMA_DIR = fileURLToPath(new URL('../../../prisma/schema', import.meta.url));

describe('prisma/schema and prisma/migrations', () => {
  let db: TestDb;

  beforeAll(async () => {
    db = await openTestDb();
  });
  afterAll(() => db.end());

  const drift = async () => {
    const env = { ...process.env, DATABASE_URL: db.urls.ownerUrl };
    const { stdout } = await promisify(execFile)(process.execPath, [MAIN, SCHEMA_DIR], { env });
    return stdout.replaceAll(/^--.*$/gm, '').trim();
  };

  it('say the same: nothing is left to migrate', async () => {
    expect(await drift()).toBe('');
  });

  it.each([
    ['alter table campaign add column forgotten text', /DROP COLUMN "forgotten"/],
    ['alter table list alter column name drop not null', /"list" ALTER COLUMN "name" SET NOT NULL/],
    ['drop index delivery_event_at_idx', /CREATE INDEX "delivery_event_at_idx".*BRIN/],
    ['drop index suppression_active_key', /CREATE UNIQUE INDEX "suppression_active_key".*WHERE/],
    ["alter type delivery_state add value 'lost'", /delivery_state/],
  ])('%s: is seen as drift', async (mutation, expected) => {
    await db.script(db.urls.ownerUrl, mutation);
    expect(await drift()).toMatch(expected);
  });
});
