/**
 * Every function that a tenant's scope can call, called with the other tenant's ids: the answer must be that of an id
 * which does not exist, no word of the other tenant may appear in it, and none of its rows may change.
 * A new export that is in none of the lists below fails the first test.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as room from '../src/index.ts';
import { openTestDb, type TestDb } from './database.ts';
import { makeWorld, type World } from './world.ts';

/** The ids that the calls take, of a tenant or of nobody. */
type Ids = Pick<
  World,
  | 'campaignId'
  | 'draftId'
  | 'listId'
  | 'templateId'
  | 'importId'
  | 'suppressionId'
  | 'ownerId'
  | 'domain'
  | 'deliveries'
>;
type Call = (scope: room.TenantScope, ids: Ids) => Promise<unknown>;

const future = () => new Date(Date.now() + 3_600_000);
const PERIOD = { days: 30 };
const mapping = { emailIndex: 0, columns: [] };
const format = { encoding: 'utf-8', delimiter: ',' } as const;

/** Functions that take ids. With one's own ids each of these calls must do something. */
const PROBES: Record<string, Call> = {
  audienceSummary: (scope, ids) => room.audienceSummary(scope, ids.listId),
  campaignTotals: (scope, ids) => room.campaignTotals(scope, ids.campaignId),
  cancelCampaign: (scope, ids) => room.cancelCampaign(scope, { campaignId: ids.campaignId }),
  pauseCampaign: (scope, ids) => room.pauseCampaign(scope, { campaignId: ids.campaignId }),
  startMissedCampaign: async (scope, ids) => {
    await scope.sql`
      update campaign set state = 'scheduled', start_at = now(), start_missed_at = now() where tenant_id = ${scope.tenantId}::uuid and id = ${ids.draftId}::uuid`;
    return room.startMissedCampaign(scope, { campaignId: ids.draftId }).then(() => 'started');
  },
  resumeCampaign: async (scope, ids) => {
    await room.pauseCampaign(scope, { campaignId: ids.campaignId }).catch(() => {});
    return room.resumeCampaign(scope, { campaignId: ids.campaignId });
  },
  scheduleCampaign: (scope, ids) =>
    room
      .scheduleCampaign(scope, { campaignId: ids.draftId, startAt: future() })
      .then(() => 'scheduled'),
  unscheduleCampaign: async (scope, ids) => {
    const input = { campaignId: ids.draftId, startAt: future() };
    await room.scheduleCampaign(scope, input).catch(() => {});
    return room.unscheduleCampaign(scope, { campaignId: ids.draftId });
  },
  resendUnknown: (scope, ids) =>
    room.resendUnknown(scope, { campaignId: ids.campaignId, deliveryIds: 'all' }),
  deleteList: async (scope, ids) => {
    const where = { tenantId: scope.tenantId };
    await scope.prisma.campaign.updateMany({ where, data: { state: 'finished' } });
    return room.deleteList(scope, { listId: ids.listId });
  },
  createImport: (scope, ids) =>
    room
      .createImport(scope, { kind: 'recipients', listId: ids.listId, filename: 'x' })
      .then(() => 'created'),
  appendImportChunk: (scope, ids) =>
    room.appendImportChunk(scope, { importId: ids.importId, seq: 1, data: Buffer.from('x') }),
  finishUpload: (scope, ids) => room.finishUpload(scope, { importId: ids.importId }),
  readImportHead: (scope, ids) => room.readImportHead(scope, { importId: ids.importId }),
  setImportMapping: async (scope, ids) => {
    await room.finishUpload(scope, { importId: ids.importId }).catch(() => {});
    return room.setImportMapping(scope, { importId: ids.importId, mapping, format });
  },
  cancelImport: (scope, ids) => room.cancelImport(scope, { importId: ids.importId }),
  importProgress: (scope, ids) => room.importProgress(scope, ids.importId),
  refusalsCsvRows: (scope, ids) =>
    collect(room.refusalsCsvRows((work) => work(scope), ids.importId)),
  eventsCsvRows: (scope, ids) => collect(room.eventsCsvRows((work) => work(scope), ids.campaignId)),
  totalsByDestination: (scope, ids) => room.totalsByDestination(scope, ids.campaignId),
  totalsByReply: (scope, ids) => room.totalsByReply(scope, ids.campaignId),
  totalsOverTime: (scope, ids) =>
    room.totalsOverTime(scope, ids.campaignId, { bucketMs: 3_600_000 }),
  readLanePaces: (scope, ids) => room.readLanePaces(scope, ids.campaignId),
  listDeliveries: (scope, ids) => room.listDeliveries(scope, { campaignId: ids.campaignId }),
  deliveryTimeline: (scope, ids) => room.deliveryTimeline(scope, ids.deliveries.accepted ?? ''),
  releaseSuppression: (scope, ids) =>
    room.releaseSuppression(scope, {
      suppressionId: ids.suppressionId,
      reason: 'r',
      role: 'owner',
    }),
  releaseSuppressions: (scope, ids) =>
    room.releaseSuppressions(scope, {
      rule: { reason: 'manual', search: `gone@${ids.domain}` },
      note: 'r',
      role: 'owner',
    }),
  hygieneOf: (scope, ids) => room.hygieneOf(scope, { ...PERIOD, campaignId: ids.campaignId }),
  quarantineOf: (scope, ids) => room.quarantineOf(scope, { campaignId: ids.campaignId }),
  unsubscribeByDelivery: (scope, ids) =>
    room.unsubscribeByDelivery(scope, { deliveryId: ids.deliveries.waiting ?? '' }),
  unsubscribeByAddress: (scope, ids) =>
    room.unsubscribeByAddress(scope, {
      campaignId: ids.campaignId,
      email: `waiting@${ids.domain}`,
    }),
  setMemberRole: (scope, ids) => room.setMemberRole(scope, { userId: ids.ownerId, role: 'owner' }),
  removeMember: async (scope, ids) => {
    await scope.sql`update membership set role = 'admin' where tenant_id = ${scope.tenantId}::uuid`;
    return room.removeMember(scope, { userId: ids.ownerId });
  },
  createTestSend: (scope, ids) =>
    room
      .createTestSend(scope, {
        name: 'n',
        toEmail: 'me@x.example',
        fields: {},
        fromName: '',
        fromEmail: `news@${ids.domain}`,
        content: { subject: '', html: '', text: '' },
      })
      .then(() => 'made'),
  stopsOfCampaign: (scope, ids) => room.stopsOfCampaign(scope, ids.campaignId),
  'resendUnknown of chosen ones': (scope, ids) =>
    room.resendUnknown(scope, {
      campaignId: ids.campaignId,
      deliveryIds: [ids.deliveries.unknown ?? ''],
    }),
};

/** Our own campaign, list or import beside an id of the other tenant: what is mixed must not reach over either. */
const MIXED: Record<string, (scope: room.TenantScope, own: Ids, ids: Ids) => Promise<unknown>> = {
  'resendUnknown of a foreign delivery in an own campaign': (scope, own, ids) =>
    room.resendUnknown(scope, {
      campaignId: own.campaignId,
      deliveryIds: [ids.deliveries.unknown ?? ''],
    }),
  'suppress of a foreign person': (scope, _, ids) =>
    room.suppress(scope, { emails: [`waiting@${ids.domain}`], reason: 'manual' }),
  'suppress with a foreign source': (scope, _, ids) =>
    room.suppress(scope, {
      emails: [`${randomUUID()}@x.example`],
      reason: 'bounced',
      source: { deliveryId: ids.deliveries.bounced ?? '', attempt: 1 },
    }),
  'listDeliveries of an own campaign behind a foreign cursor': (scope, own, ids) =>
    room
      .listDeliveries(scope, { campaignId: own.campaignId, search: ids.domain })
      .then(({ rows }) => rows.length),
  'scheduleCampaign with a foreign list': async (scope, own, ids) => {
    await scope.sql`update campaign set list_id = ${ids.listId}::uuid where id = ${own.draftId}::uuid`;
    return room.scheduleCampaign(scope, { campaignId: own.draftId, startAt: null });
  },
  'scheduleCampaign with a foreign From': async (scope, own, ids) => {
    await scope.sql`update campaign set from_email = ${`a@${ids.domain}`} where id = ${own.draftId}::uuid`;
    return room.scheduleCampaign(scope, { campaignId: own.draftId, startAt: null });
  },
};

/** Functions of a tenant's scope without an id of another's: only the canary is looked for. */
const WITHOUT_IDS: Record<string, (scope: room.TenantScope) => Promise<unknown>> = {
  listMembers: (scope) => room.listMembers(scope),
  audit: (scope) => room.audit(scope, { action: 'probe' }),
  readGroups: (scope) => room.readGroups(scope),
  readInstallationWindows: (scope) => room.readInstallationWindows(scope),
  readTenantWindows: (scope) => room.readTenantWindows(scope),
  lockWindows: (scope) => room.lockWindows(scope, 'share'),
  findClosedCampaign: (scope) => room.findClosedCampaign(scope, { tenant: NEVER_OPEN }, Date.now()),
  readDomainSpeeds: (scope) => room.readDomainSpeeds(scope, ['docomo.ne.jp']),
  stopsOfTenant: (scope) => room.stopsOfTenant(scope),
  notifyDue: (scope) => room.notifyDue(scope),
  cleanedOf: (scope) => room.cleanedOf(scope, PERIOD),
  hygieneTimeline: (scope) => room.hygieneTimeline(scope),
};

/** A window that would shut every campaign that is looked at. */
const NEVER_OPEN = {
  window: { days: [1], start: '09:00', end: '09:01', zone: 'UTC' },
  groupWindows: {},
};

/** Called in MIXED; or with ids that are no tenant's (a user may belong to several). */
const COVERED_ELSEWHERE = ['suppress', 'addMember'];
/** Scopes, pure functions, and functions that take a staff or an auth scope. */
const NOT_OF_A_TENANT = [
  ...['DbError', 'openDb', 'closeDb', 'withTenant', 'asStaff', 'asAuth', 'asWorker'],
  ...['fragment', 'joinFragments', 'isUuid', 'isBigId', 'emailKeyOf'],
  ...['createStaffUser', 'createTenantWithOwner', 'addSenderDomain', 'removeSenderDomain'],
  ...['suspendTenant', 'activateTenant', 'stopSending', 'resumeSending', 'listStops', 'listLanes'],
  ...['listDestinations', 'listSiteEvents', 'pinLearnedLimit', 'unpinLimit'],
  ...['findBrokenOverrides', 'readSiteProfiles', 'setSiteOverride'],
  ...['saveDestinationGroup', 'removeDestinationGroup', 'saveInstallationWindows'],
  ...['tenantsByRisk', 'tenantHygiene', 'listBlocks', 'blockTimeline', 'releaseBlock'],
  ...['enforceCleaning', 'throttleTenant', 'noteTenant', 'pauseCampaignByStaff', 'setSourcePool'],
  ...['setCleaningFloor', 'removeCleaningFloor', 'listCleaningFloors', 'tenantControls'],
  ...['findUserForSignIn', 'recordSignIn', 'changePassword', 'loadSession', 'ensureInvitedUser'],
  ...['createOneTimeLink', 'readOneTimeLink', 'consumeOneTimeLink'],
  ...['throttledUntil', 'recordSignInFailure', 'clearSignInFailures'],
];
/** Folders whose functions take a worker scope, which sees every tenant. */
const WORKER_FOLDERS = ['archive', 'delivery', 'hygiene', 'lane', 'launch'];

/** Each layer must hold alone: the functions name the tenant in every statement, also where the policies are lost. */
const LOST = `do $$ declare t text; begin
  for t in select tablename from pg_policies where policyname = 'tenant_only' loop
    execute format('alter policy tenant_only on %I using (true) with check (true)', t);
  end loop; end $$`;

describe.each([
  ['with row-level security', ''],
  ['with row-level security lost', LOST],
])('the other tenant’s ids, %s:', (_, mutation) => {
  let db: TestDb;
  let mine: World;
  let other: World;

  beforeAll(async () => {
    db = await openTestDb();
    mine = await makeWorld(db, 'kitsune');
    other = await makeWorld(db, 'tanuki');
    await db.script(
      db.urls.superuserUrl,
      `insert into stop_switch (scope, key, reason) values ('destination', '${mine.domain}', 'ours'),
         ('destination', '${other.domain}', 'tanuki'), ('tenant', '${other.tenantId}', 'tanuki')`,
    );
    if (mutation) await db.script(db.urls.ownerUrl, mutation);
  });
  afterAll(() => db.end());

  it('every exported function is in a list of this file', async () => {
    const known = new Set([
      ...Object.keys(PROBES),
      ...Object.keys(WITHOUT_IDS),
      ...COVERED_ELSEWHERE,
      ...NOT_OF_A_TENANT,
      ...(await workerExports()),
    ]);
    const functions = Object.entries(room).filter(([, value]) => typeof value === 'function');
    expect(functions.map(([name]) => name).filter((name) => !known.has(name))).toEqual([]);
  });

  it.each(Object.entries(PROBES))('%s answers as for a random id', async (_, call) => {
    const before = await rowsOf(other);
    const foreign = await outcome((scope) => call(scope, other));
    const random = await outcome((scope) => call(scope, nobody()));
    expect(foreign).toEqual(random);
    expect(JSON.stringify(foreign)).not.toContain(other.canary);
    expect(await rowsOf(other)).toEqual(before);
    const own = await outcome((scope) => call(scope, mine));
    expect(own, 'the probe must reach its function').not.toEqual(random);
  });

  it.each(Object.entries(MIXED))('%s answers as for a random id', async (_, call) => {
    const before = await rowsOf(other);
    const foreign = await outcome((scope) => call(scope, mine, other));
    const random = await outcome((scope) => call(scope, mine, nobody()));
    expect(foreign).toEqual(random);
    expect(JSON.stringify(foreign)).not.toContain(other.canary);
    expect(await rowsOf(other)).toEqual(before);
  });

  it.each(Object.entries(WITHOUT_IDS))('%s has no word of the other tenant', async (_, call) => {
    const before = await rowsOf(other);
    const answer = await outcome(call);
    expect(answer).toHaveProperty('value');
    expect(JSON.stringify(answer)).not.toContain(other.canary);
    expect(await rowsOf(other)).toEqual(before);
  });

  it('what is committed with foreign ids leaves the other tenant as it was', async () => {
    const before = await rowsOf(other);
    for (const call of Object.values(PROBES)) {
      await mine.run((scope) => call(scope, other)).catch(() => {});
    }
    for (const call of Object.values(MIXED)) {
      await mine.run((scope) => call(scope, mine, other)).catch(() => {});
    }
    expect(await rowsOf(other)).toEqual(before);
  });

  /** What a call gives or throws, told without ids and times; rolled back. */
  async function outcome(call: (scope: room.TenantScope) => Promise<unknown>) {
    const done = Symbol('rolled back');
    let value: unknown;
    try {
      await mine.run(async (scope) => {
        value = await call(scope);
        throw done;
      });
    } catch (error) {
      if (error !== done) {
        const { name, code, reason } = error as room.DbError;
        // Postgres' own refusal of a mixed foreign key names neither row.
        return { error: code ?? name, reason };
      }
    }
    return { value: value === undefined ? null : JSON.parse(JSON.stringify(value, bigints)) };
  }

  /** A fingerprint of all rows of a tenant, table by table, as staff see them. */
  async function rowsOf({ tenantId }: World) {
    const tables = await db.as<{ name: string }>(
      db.urls.staffUrl,
      `select c.relname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
        where a.attname = 'tenant_id' and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
    );
    const sums = tables.map(
      ({ name }) =>
        `select '${name}' as name, count(*)::int as n, md5(string_agg(t::text, '|' order by t::text)) as sum
           from ${name} t where tenant_id = '${tenantId}'`,
    );
    const rows = await db.as<{ n: number }>(db.urls.staffUrl, sums.join(' union all '));
    expect(rows.every((row) => row.n > 0)).toBe(true);
    return rows;
  }
});

function nobody(): Ids {
  const big = () => String(randomInt(1_000_000_000, 2_000_000_000));
  const uuids = ['campaignId', 'draftId', 'listId', 'templateId', 'importId', 'ownerId'];
  const states = ['waiting', 'accepted', 'bounced', 'unknown'];
  return {
    ...Object.fromEntries(uuids.map((key) => [key, randomUUID()])),
    suppressionId: big(),
    domain: `${randomUUID()}.example`,
    deliveries: Object.fromEntries(states.map((state) => [state, big()])),
  } as Ids;
}

async function workerExports(): Promise<string[]> {
  const src = fileURLToPath(new URL('../src', import.meta.url));
  const names: string[] = [];
  for (const folder of WORKER_FOLDERS) {
    for (const file of readdirSync(`${src}/${folder}`)) {
      if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue;
      names.push(...Object.keys(await import(`${src}/${folder}/${file}`)));
    }
  }
  return names;
}

async function collect<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

function bigints(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
