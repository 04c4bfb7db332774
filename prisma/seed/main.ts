/**
 * The demo: two tenants with an owner and a viewer each, one staff user, lists, templates, a small campaign that is done in
 * seconds and one that runs for minutes against slow receivers. Run again, it changes nothing. Prints JSON on its last line.
 */
import { createHash, randomBytes } from 'node:crypto';
import { hashPassword } from '../../packages/db/src/auth/password-hash.ts';
import {
  addMember,
  addSenderDomain,
  asAuth,
  asStaff,
  closeDb,
  consumeOneTimeLink,
  createStaffUser,
  createTenantWithOwner,
  type Db,
  ensureInvitedUser,
  openDb,
  scheduleCampaign,
  type TenantScope,
  withTenant,
} from '../../packages/db/src/index.ts';
import { CARRIER_MIX, type Person, people } from './people.ts';
import { AUTUMN, HOLIDAY } from './templates.ts';

const ALL_DAY = { days: [1, 2, 3, 4, 5, 6, 7], start: '00:00', end: '24:00', zone: 'Asia/Tokyo' };
const STAFF = { email: 'staff@hikyaku.example', name: '運用担当' };
const TENANTS = [
  { name: '桜商店', domain: 'sakura.example', owner: '桜井 美和', viewer: '大野 翔' },
  { name: '富士ホテル', domain: 'fuji.example', owner: '藤田 健', viewer: '本田 真央' },
] as const;

const password = required('HIKYAKU_DEMO_PASSWORD');
const staffDb = openDb({ url: required('STAFF_DATABASE_URL'), max: 2 });
const authDb = openDb({ url: required('AUTH_DATABASE_URL'), max: 2 });
const appDb = openDb({ url: required('APP_DATABASE_URL'), max: 2 });
try {
  const isFresh = await asStaff(
    staffDb,
    null,
    async ({ prisma }) => (await prisma.tenant.count()) === 0,
  );
  if (isFresh) await seed(await hashPassword(password));
  const logins = [
    { role: 'staff', email: STAFF.email, password },
    ...TENANTS.flatMap(({ name, domain }) => [
      { role: 'owner', tenant: name, email: `owner@${domain}`, password },
      { role: 'viewer', tenant: name, email: `viewer@${domain}`, password },
    ]),
  ];
  process.stdout.write(`${JSON.stringify({ isFresh, logins })}\n`);
} finally {
  for (const db of [staffDb, authDb, appDb]) await closeDb(db);
}

async function seed(passwordHash: string): Promise<void> {
  const { userId: staffId } = await asStaff(staffDb, null, (scope) =>
    createStaffUser(scope, { ...STAFF, locale: 'ja', passwordHash }),
  );
  const [sakura, fuji] = await Promise.all(
    TENANTS.map((tenant) => seedTenant(staffId, tenant, passwordHash)),
  );
  await inTenant(appDb, sakura as string, async (scope) => {
    const members = await seedList(scope, '会員リスト', people(3_000, CARRIER_MIX));
    const friends = await seedList(
      scope,
      '友の会',
      people(120, [['town.example', 1]], { isTroubled: false }),
    );
    const template = await seedTemplate(scope, AUTUMN);
    await seedCampaign(scope, '友の会へのお礼', friends, template, 'sakura.example', '桜商店');
    await seedCampaign(scope, '秋の新作のご案内', members, template, 'sakura.example', '桜商店');
  });
  await inTenant(appDb, fuji as string, async (scope) => {
    await seedList(scope, '宿泊者リスト', people(400, CARRIER_MIX));
    await seedTemplate(scope, HOLIDAY);
  });
}

async function seedTenant(
  staffId: string,
  tenant: (typeof TENANTS)[number],
  passwordHash: string,
): Promise<string> {
  const owner = newToken();
  const { tenantId, ownerId } = await asStaff(staffDb, staffId, async (scope) => {
    const created = await createTenantWithOwner(scope, {
      name: tenant.name,
      zone: 'Asia/Tokyo',
      locale: 'ja',
      window: ALL_DAY,
      owner: { email: `owner@${tenant.domain}`, name: tenant.owner },
      invitation: owner.invitation,
    });
    await addSenderDomain(scope, {
      tenantId: created.tenantId,
      domain: tenant.domain,
      reason: 'demo',
    });
    return created;
  });
  const viewer = newToken();
  const { userId } = await asAuth(authDb, async (scope) => {
    await consumeOneTimeLink(scope, { tokenHash: owner.invitation.tokenHash, passwordHash });
    const invited = await ensureInvitedUser(scope, {
      email: `viewer@${tenant.domain}`,
      name: tenant.viewer,
      locale: 'ja',
      createdBy: ownerId,
      invitation: viewer.invitation,
    });
    await consumeOneTimeLink(scope, { tokenHash: viewer.invitation.tokenHash, passwordHash });
    return invited;
  });
  await inTenant(appDb, tenantId, (scope) => addMember(scope, { userId, role: 'viewer' }));
  return tenantId;
}

async function seedList(
  scope: TenantScope,
  name: string,
  persons: readonly Person[],
): Promise<string> {
  const { tenantId } = scope;
  const columns = [
    { key: 'name', label: '氏名' },
    { key: 'prefecture', label: '都道府県' },
    { key: 'points', label: 'ポイント' },
  ];
  const { id } = await scope.prisma.list.create({ data: { tenantId, name, columns } });
  const fields = persons.map(({ name: person, prefecture, points }) =>
    JSON.stringify({ name: person, prefecture, points }),
  );
  await scope.sql`
    insert into recipient (tenant_id, list_id, email, email_key, domain, fields)
    select ${tenantId}::uuid, ${id}::uuid, w.email, lower(w.email), split_part(w.email, '@', 2), w.fields
      from unnest(${persons.map((person) => person.email)}::text[], ${fields}::jsonb[]) as w(email, fields)`;
  return id;
}

async function seedTemplate(scope: TenantScope, template: typeof AUTUMN): Promise<string> {
  const { id } = await scope.prisma.template.create({
    data: { tenantId: scope.tenantId, ...template },
  });
  return id;
}

async function seedCampaign(
  scope: TenantScope,
  name: string,
  listId: string,
  templateId: string,
  domain: string,
  fromName: string,
): Promise<void> {
  const { id } = await scope.prisma.campaign.create({
    data: {
      tenantId: scope.tenantId,
      name,
      listId,
      templateId,
      fromName,
      fromEmail: `news@${domain}`,
      window: ALL_DAY,
    },
  });
  await scheduleCampaign(scope, { campaignId: id, startAt: null });
}

function inTenant<T>(
  db: Db,
  tenantId: string,
  work: (scope: TenantScope) => Promise<T>,
): Promise<T> {
  return withTenant(db, tenantId, work, { timeoutMs: 60_000 });
}

function newToken() {
  const tokenHash = createHash('sha256').update(randomBytes(32)).digest('hex');
  return { invitation: { tokenHash, expiresAt: new Date(Date.now() + 600_000) } };
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`The seed needs ${name}; \`npm start\` sets it.`);
  return value;
}
