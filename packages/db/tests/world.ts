/** A tenant with a row in every table that carries a tenant, and its name (the canary) in every text that people write. */
import { randomUUID } from 'node:crypto';
import {
  addSenderDomain,
  appendImportChunk,
  asStaff,
  audit,
  createImport,
  createTenantWithOwner,
  type TenantRunner,
  withTenant,
} from '../src/index.ts';
import type { TestDb } from './database.ts';

export interface World {
  canary: string;
  tenantId: string;
  ownerId: string;
  listId: string;
  importId: string;
  templateId: string;
  /** Running, with one delivery in each state; see `deliveries`. */
  campaignId: string;
  draftId: string;
  laneId: string;
  suppressionId: string;
  /** Delivery ids by state. */
  deliveries: Record<string, string>;
  domain: string;
  /** In the tenant's scope, acting as its owner. */
  run: TenantRunner;
}

const STATES = ['waiting', 'sending', 'accepted', 'bounced', 'expired', 'cancelled', 'unknown'];
const WINDOW = { days: [1, 2, 3, 4, 5, 6, 7], start: '00:00', end: '24:00', zone: 'Asia/Tokyo' };

export async function makeWorld(db: TestDb, canary: string): Promise<World> {
  const domain = `${canary}.example`;
  const { tenantId, ownerId } = await asStaff(db.staff, null, async (scope) => {
    const created = await createTenantWithOwner(scope, {
      name: canary,
      zone: 'Asia/Tokyo',
      locale: 'ja',
      window: WINDOW,
      owner: { email: `owner@${domain}`, name: `${canary} owner` },
      invitation: { tokenHash: randomUUID(), expiresAt: new Date(Date.now() + 86_400_000) },
    });
    await addSenderDomain(scope, { tenantId: created.tenantId, domain, reason: 'proven' });
    return created;
  });
  const run: TenantRunner = (work) => withTenant(db.app, { tenantId, actorId: ownerId }, work);
  const made = await run(async ({ prisma }) => {
    const list = await prisma.list.create({ data: { tenantId, name: `${canary} list` } });
    const template = await prisma.template.create({
      data: { tenantId, name: canary, subject: `${canary} subject`, html: '<p>', text: 'text' },
    });
    const base = { tenantId, name: canary, listId: list.id, templateId: template.id };
    const from = { fromName: canary, fromEmail: `news@${domain}`, window: WINDOW };
    const campaign = await prisma.campaign.create({
      data: { ...base, ...from, state: 'running', total: STATES.length, launchedAt: new Date() },
    });
    const draft = await prisma.campaign.create({ data: { ...base, ...from } });
    for (const state of STATES) {
      const email = `${state}@${domain}`;
      await prisma.recipient.create({
        data: { tenantId, listId: list.id, email, emailKey: email, domain },
      });
    }
    const gone = `gone@${domain}`;
    const suppression = await prisma.suppression.create({
      data: { tenantId, email: gone, emailKey: gone, reason: 'manual', note: canary },
    });
    return {
      listId: list.id,
      templateId: template.id,
      campaignId: campaign.id,
      draftId: draft.id,
      suppressionId: suppression.id.toString(),
    };
  });
  const { laneId, deliveries } = await addDeliveries(db, { tenantId, domain, ...made });
  const importId = await run(async (scope) => {
    const { importId: id } = await createImport(scope, {
      kind: 'recipients',
      listId: made.listId,
      filename: `${canary}.csv`,
    });
    await appendImportChunk(scope, { importId: id, seq: 0, data: Buffer.from(`${canary},`) });
    await audit(scope, { action: 'test.world', reason: canary });
    return id;
  });
  await db.worker.query(
    `insert into import_refusal (tenant_id, import_id, line, code, value) values ($1, $2, 2, 'no-at', $3)`,
    [tenantId, importId, canary],
  );
  return { canary, tenantId, ownerId, importId, ...made, laneId, deliveries, domain, run };
}

/** One delivery in each state, each with an event that says so, in a lane of the tenant's own. */
async function addDeliveries(
  db: TestDb,
  {
    tenantId,
    campaignId,
    domain,
    listId,
  }: Pick<World, 'tenantId' | 'campaignId' | 'domain' | 'listId'>,
) {
  const lanes = await db.worker.query<{ id: string }>(
    `insert into lane (site, source) values ($1, '127.0.0.1') returning id`,
    [domain],
  );
  const laneId = lanes.rows[0]?.id ?? '';
  await db.worker.query(
    'insert into campaign_lane (tenant_id, campaign_id, lane_id, done_at) values ($1, $2, $3, now())',
    [tenantId, campaignId, laneId],
  );
  const { rows } = await db.worker.query<{ id: string; state: string }>(
    `insert into delivery (tenant_id, campaign_id, recipient_id, lane_id, email, email_key, domain, state, attempts, category, code)
     select r.tenant_id, $2, r.id, $3, r.email, r.email_key, r.domain, split_part(r.email, '@', 1)::delivery_state, 1,
            'category-of-' || split_part(r.email, '@', 1), 250
       from recipient r where r.tenant_id = $1 and r.list_id = $4 order by r.id
     returning id, state`,
    [tenantId, campaignId, laneId, listId],
  );
  await db.worker.query(
    `insert into delivery_event (tenant_id, delivery_id, attempt, campaign_id, lane_id, epoch, source, mx_host, mx_address,
       session, transaction, mode, phase, code, text, category, disposition, size_bytes)
     select tenant_id, id, 1, campaign_id, lane_id, 1, '127.0.0.1', 'mx.' || domain, '127.0.0.1', 's', 1, 'one_to_one', 'DOT', 250,
            'reply to ' || email, 'category', 'accepted', 4000
       from delivery where tenant_id = $1 and campaign_id = $2`,
    [tenantId, campaignId],
  );
  await addHygiene(db, tenantId, campaignId, domain);
  return { laneId, deliveries: Object.fromEntries(rows.map(({ id, state }) => [state, id])) };
}

/** What the hygiene pages read of these deliveries. */
async function addHygiene(db: TestDb, tenantId: string, campaignId: string, domain: string) {
  await db.worker.query(
    `insert into quarantine (tenant_id, delivery_id, campaign_id, domain, source, attempt, text)
     select tenant_id, id, campaign_id, domain, '127.0.0.1', 1, 'refused at ' || domain
       from delivery where tenant_id = $1 and campaign_id = $2 and state = 'waiting'`,
    [tenantId, campaignId],
  );
  await db.worker.query(
    `insert into veto_event (site, source, domains, tenant_id, from_state, state, reason) values ($2, '127.0.0.1', array[$2], $1, 'probing', 'released', 'probe-accepted')`,
    [tenantId, domain],
  );
  await db.worker.query(
    `insert into mailbox_full (tenant_id, email_key, first_at, last_at, last_delivery_id) values ($1, 'full@' || $2, now(), now(), 1)`,
    [tenantId, domain],
  );
  await db.worker.query(
    `insert into hygiene_day (tenant_id, campaign_id, day, domain, category, disposition, count) values ($1, $2, current_date, $3, 'unknown-user', 'bounced', 3)`,
    [tenantId, campaignId, domain],
  );
  await db.worker.query(
    'insert into hygiene_tenant_day (tenant_id, day, accepted, hard_bounced) values ($1, current_date, 7, 3)',
    [tenantId],
  );
}
