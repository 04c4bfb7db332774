/**
 * What to send to each action and where to look for each route. A new action or route that is not listed fails
 * cross-tenant.spec.ts: say here which ids it takes.
 */
import { PLAIN_DRAFT } from './draft-form.ts';
import type { Ids } from './victim.ts';

const form = (ids: Ids) => ({
  ...PLAIN_DRAFT,
  name: 'x',
  listId: ids.listId,
  templateId: ids.templateId,
  fromName: 'x',
  fromEmail: 'x@fuji.example',
});

const content = { subject: 'x', html: '<p>x</p>', text: 'x' };
const reason = 'matrix';
const byId = (ids: Ids) => ({ id: ids.campaignId });

/** Actions that name something of a tenant: with another tenant's ids they answer as with ids of nobody. */
export const BY_ID: Record<string, (ids: Ids) => unknown> = {
  cancelCampaign: byId,
  pauseCampaign: byId,
  resumeCampaign: byId,
  startMissedCampaign: byId,
  unscheduleCampaign: byId,
  deleteDraft: (ids) => ({ id: ids.draftId }),
  saveDraft: (ids) => ({ id: ids.draftId, form: form(ids) }),
  scheduleCampaign: (ids) => ({ id: ids.draftId, form: form(ids) }),
  resendUnknown: (ids) => ({ campaignId: ids.campaignId, deliveryIds: [ids.deliveryId] }),
  renameList: (ids) => ({ listId: ids.listId, name: 'stolen' }),
  deleteList: (ids) => ({ listId: ids.listId }),
  addPerson: (ids) => ({ listId: ids.listId, email: 'x@x.example', columns: [] }),
  editPerson: (ids) => ({ personId: ids.personId, email: 'x@x.example' }),
  removePerson: (ids) => ({ personId: ids.personId }),
  startImport: (ids) => ({
    importId: ids.importId,
    mapping: { emailIndex: 0, columns: [] },
    format: { encoding: 'utf-8', delimiter: ',' },
  }),
  cancelImport: (ids) => ({ importId: ids.importId }),
  release: (ids) => ({ suppressionId: ids.suppressionId, reason }),
  changeRole: (ids) => ({ userId: ids.userId, role: 'owner' }),
  removeMember: (ids) => ({ userId: ids.userId }),
  makeResetLink: (ids) => ({ userId: ids.userId }),
  switchTenant: (ids) => ({ tenantId: ids.tenantId }),
  deleteTemplate: (ids) => ({ id: ids.templateId }),
  saveTemplate: (ids) => ({ id: ids.templateId, name: 'stolen', ...content }),
  sendTest: (ids) => ({
    templateId: ids.templateId,
    fromEmail: 'x@fuji.example',
    listId: ids.listId,
    recipientId: ids.personId,
    mode: 'one_to_one',
  }),
};

/** Actions that only read: what they find of another tenant is what they find of nobody. */
export const READERS: Record<string, (ids: Ids) => unknown> = {
  findPeople: (ids) => ({ listId: ids.listId, search: '' }),
  previewTemplate: (ids) => ({
    ...content,
    subject: '{{ name }}',
    listId: ids.listId,
    recipientId: ids.personId,
    mode: 'one_to_one',
  }),
};

/** Actions of staff: for a tenant's owner they do not exist. */
export const STAFF_ONLY: Record<string, (ids: Ids) => unknown> = {
  createTenant: () => ({ name: 'x', zone: 'UTC', locale: 'en', email: 'x@x.example' }),
  setTenantStatus: (ids) => ({ tenantId: ids.tenantId, status: 'suspended', reason }),
  addDomain: (ids) => ({ tenantId: ids.tenantId, domain: 'evil.example', reason }),
  removeDomain: (ids) => ({ tenantId: ids.tenantId, domain: 'sakura.example', reason }),
  stopSending: (ids) => ({ scope: 'tenant', key: ids.tenantId, reason }),
  resumeSending: (ids) => ({ scope: 'tenant', key: ids.tenantId, reason }),
  saveWindows: () => ({ zone: 'UTC', days: [1], start: '00:00', end: '24:00', reason }),
  saveGroup: () => ({ key: 'x', nameJa: 'x', nameEn: 'x', patterns: '', reason }),
  removeGroup: () => ({ key: 'mobile', reason }),
  enforceCleaning: (ids) => ({ tenantId: ids.tenantId, isEnforced: true, reason }),
  throttleTenant: (ids) => ({ tenantId: ids.tenantId, weight: '0.1', rateMax: '', reason }),
  setSourcePool: (ids) => ({ tenantId: ids.tenantId, pool: 'default', reason }),
  noteTenant: (ids) => ({ tenantId: ids.tenantId, reason }),
  pauseTenantCampaign: (ids) => ({ tenantId: ids.tenantId, campaignId: ids.campaignId, reason }),
  releaseBlock: () => ({ site: 'x.example', source: '127.0.0.1', reason }),
  setCleaningFloor: () => ({ domain: 'x.example', reason }),
  removeCleaningFloor: () => ({ domain: 'x.example', reason }),
  overrideDestination: () => ({ site: 'x.example', sessionsMax: 1, reason }),
  pinLimit: () => ({ site: 'x.example', source: '127.0.0.1', field: 'recipientsMax', reason }),
  releasePin: () => ({ site: 'x.example', field: 'recipientsMax', reason }),
  makePersonLink: (ids) => ({ tenantId: ids.tenantId, userId: ids.userId, reason }),
};

/** Actions that take no id of a tenant's thing, and why each may be called. */
export const WITHOUT_ID = [
  // One's own, whoever one is.
  'setLocale',
  'setPassword',
  'changePassword',
  'renamePerson',
  // New things in the tenant of the session.
  'createCampaign',
  'createList',
  'addSuppressions',
  'releaseMany',
  'inviteMember',
  'saveSettings',
];

/** A path for each route that names something; the rest of the routes name nothing. */
export const ROUTES: Record<string, (ids: Ids) => string> = {
  '/lists/[listId]': (ids) => `/lists/${ids.listId}`,
  '/lists/[listId]/import': (ids) => `/lists/${ids.listId}/import`,
  '/lists/[listId]/import/[importId]': (ids) => `/lists/${ids.listId}/import/${ids.importId}`,
  '/lists/[listId]/people/[personId]': (ids) => `/lists/${ids.listId}/people/${ids.personId}`,
  '/suppressions/import/[importId]': (ids) => `/suppressions/import/${ids.importId}`,
  '/templates/[id]': (ids) => `/templates/${ids.templateId}`,
  '/campaigns/[id]': (ids) => `/campaigns/${ids.campaignId}`,
  '/campaigns/[id]/destinations': (ids) => `/campaigns/${ids.campaignId}/destinations`,
  '/campaigns/[id]/edit': (ids) => `/campaigns/${ids.draftId}/edit`,
  '/campaigns/[id]/people': (ids) => `/campaigns/${ids.campaignId}/people`,
  '/campaigns/[id]/people/[delivery]': (ids) =>
    `/campaigns/${ids.campaignId}/people/${ids.deliveryId}`,
  '/campaigns/[id]/replies': (ids) => `/campaigns/${ids.campaignId}/replies`,
  '/campaigns/[id]/time': (ids) => `/campaigns/${ids.campaignId}/time`,
  '/campaigns/[id]/unknowns': (ids) => `/campaigns/${ids.campaignId}/unknowns`,
  '/staff/destinations/[site]': () => '/staff/destinations/x.example',
  '/staff/tenants/[tenantId]/hygiene': (ids) => `/staff/tenants/${ids.tenantId}/hygiene`,
  '/staff/tenants/[tenantId]': (ids) => `/staff/tenants/${ids.tenantId}`,
  '/api/campaigns/[id]/csv': (ids) => `/api/campaigns/${ids.campaignId}/csv`,
  '/api/campaigns/[id]/forecast': (ids) => `/api/campaigns/${ids.campaignId}/forecast`,
  '/api/campaigns/[id]/progress': (ids) => `/api/campaigns/${ids.campaignId}/progress`,
  '/api/imports/[importId]': (ids) => `/api/imports/${ids.importId}`,
  '/api/imports/[importId]/refused': (ids) => `/api/imports/${ids.importId}/refused`,
  '/api/lists/[listId]/imports': (ids) => `POST /api/lists/${ids.listId}/imports?filename=x.csv`,
  '/api/templates/tests/[id]': (ids) => `/api/templates/tests/${ids.campaignId}`,
};

/** Routes whose parameter is a secret of its own or no id: they answer whoever knows it. */
export const BY_TOKEN = [
  '/api/auth/[...nextauth]',
  '/password/[token]',
  '/u/[token]',
  '/unsubscribe/[token]',
];
