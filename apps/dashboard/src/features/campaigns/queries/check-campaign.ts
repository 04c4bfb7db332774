/**
 * Gathers the facts for the checklist from the database and judges them with the campaigns room. Judges the form as
 * submitted, not as stored, so that nothing is scheduled that nobody looked at.
 */
import {
  asksForOneClick,
  type BindingWindow,
  bindingWindows,
  type ChecklistItem,
  checklist,
  type ExclusionReason,
  type Exclusions,
  findWindowFault,
  groupKeysOf,
  mayLaunch,
  summariseExclusions,
  type WindowFault,
  type WindowLevels,
  waitOf,
} from '@hikyaku/campaigns';
import {
  audienceSummary,
  readGroups,
  readInstallationWindows,
  readTenantWindows,
  type TenantScope,
} from '@hikyaku/db';
import { isMailbox } from '@hikyaku/message';
import type { ForecastView } from '#server/forecast-parts.ts';
import { type DraftForm, readDraft } from '../draft-form.ts';
import { forecastDraft } from './forecast-draft.ts';
import { type ModeCosts, modeCosts } from './mode-costs.ts';
import { templateFacts } from './template-facts.ts';

export interface CampaignCheck {
  items: CheckItem[];
  mayLaunch: boolean;
  exclusions: Exclusions;
  /** The largest ones. */
  destinations: { domain: string; count: number }[];
  /** Fields of the recipient that the content uses: with any of them it cannot be sent in bulk. */
  recipientFields: readonly string[];
  /** What each mode costs for this content and this list; null until both are chosen. */
  costs: ModeCosts | null;
  /** When it would be done; null where there is nobody, or no time. */
  forecast: ForecastView | null;
  /** What binds each destination group, with the windows at fault where they leave no time. */
  windows: { byGroup: GroupBinding[]; fault: WindowFault | null };
  /** What the local time was understood as, when a change of clocks is near. */
  adjusted: { kind: 'gap' | 'overlap'; atMs: number } | null;
}

/** All windows that bind one group. `opensAtMs`: when it opens, where it is shut at the start. */
export interface GroupBinding {
  key: string;
  binding: BindingWindow[];
  opensAtMs: number | null;
}

/** As in the campaigns room, with `list-missing` `from-invalid` and `expiry-invalid`, which only a form can have. */
export type CheckItem = Omit<ChecklistItem, 'code'> & {
  code: ChecklistItem['code'] | 'list-missing' | 'from-invalid' | 'expiry-invalid';
};

export async function checkCampaign(
  scope: TenantScope,
  form: DraftForm,
  nowMs: number,
): Promise<CampaignCheck> {
  const { window, groupWindows, start, expires } = readDraft(form, nowMs);
  const everyDomain = { top: Number.POSITIVE_INFINITY };
  const audience = form.listId ? await audienceSummary(scope, form.listId, everyDomain) : null;
  const destinations = audience?.destinations ?? [];
  const exclusions = summariseExclusions(
    audience?.total ?? 0,
    reasons(audience?.excluded ?? {}, audience?.excludedFull ?? 0),
  );
  const { template, messageBytes } = await templateFacts(scope, form.templateId, form.listId);
  const costs = modeCosts(destinations, messageBytes);
  const levels: WindowLevels = {
    installation: await readInstallationWindows(scope),
    tenant: await readTenantWindows(scope),
    campaign: { window, groupWindows },
  };
  const groups = await readGroups(scope);
  const groupKeys = groupKeysOf(groups);
  const fault = findWindowFault(levels, groupKeys, nowMs);
  const items: CheckItem[] = checklist({
    nowMs,
    exclusions,
    from: await fromFacts(scope, form),
    template,
    mode: form.mode,
    recipientsAskingForOneClick: sumOf(
      destinations.filter(({ domain }) => asksForOneClick(domain)),
    ),
    messageBytes: messageBytes[form.mode],
    copies: costs?.[form.mode].transactions ?? 0,
    windows: { levels, groupKeys },
    schedule: start.kind === 'now' ? 'now' : start.kind === 'at' ? { atMs: start.atMs } : null,
    expiresAtMs: expires.kind === 'at' ? expires.atMs : null,
  })
    // A size of nothing says nothing.
    .filter((item) => item.code !== 'size' || messageBytes[form.mode] > 0)
    .map((item) => (item.code === 'list-empty' && !audience ? LIST_MISSING : item));
  if (form.fromEmail !== '' && !isMailbox(form.fromEmail)) replaceFrom(items);
  if (expires.kind === 'invalid') items.push(EXPIRY_INVALID);
  const startMs = start.kind === 'at' ? Math.max(start.atMs, nowMs) : nowMs;
  return {
    items,
    mayLaunch: mayLaunch(items as ChecklistItem[]),
    exclusions,
    destinations: destinations.slice(0, DESTINATIONS_SHOWN),
    recipientFields: template?.recipientFields ?? [],
    costs,
    forecast: fault
      ? null
      : await forecastDraft(scope, {
          ...{ destinations, levels, groups, startMs },
          expiresAtMs: expires.kind === 'at' ? expires.atMs : null,
        }),
    windows: {
      fault,
      byGroup: groupKeys.map((key) => ({
        key,
        binding: bindingWindows(levels, key),
        opensAtMs: fault ? null : (waitOf(levels, key, startMs)?.opensAtMs ?? null),
      })),
    },
    adjusted:
      start.kind === 'at' && start.adjusted ? { kind: start.adjusted, atMs: start.atMs } : null,
  };
}

const DESTINATIONS_SHOWN = 10;

const LIST_MISSING: CheckItem = { code: 'list-missing', level: 'blocker', params: {} };
const EXPIRY_INVALID: CheckItem = { code: 'expiry-invalid', level: 'blocker', params: {} };

function replaceFrom(items: CheckItem[]): void {
  const at = items.findIndex(({ code }) => code === 'from-not-proven' || code === 'from-proven');
  if (at >= 0) items[at] = { code: 'from-invalid', level: 'blocker', params: {} };
}

async function fromFacts({ prisma, tenantId }: TenantScope, form: DraftForm) {
  if (form.fromEmail === '') return null;
  const domain = form.fromEmail.split('@').at(-1)?.toLowerCase() ?? '';
  const isProven = (await prisma.senderDomain.count({ where: { tenantId, domain } })) > 0;
  return { address: form.fromEmail, domain, displayName: form.fromName, isProven };
}

function reasons(
  excluded: Record<string, number>,
  full: number,
): Partial<Record<ExclusionReason, number>> {
  const out: Partial<Record<ExclusionReason, number>> = {};
  for (const [reason, count] of Object.entries(excluded)) {
    const id = REASONS[reason] ?? 'suppressed-other';
    out[id] = (out[id] ?? 0) + count;
  }
  if (full > 0) {
    out['suppressed-mailbox-full'] = full;
    out['suppressed-unknown-user'] = (out['suppressed-unknown-user'] ?? 0) - full;
  }
  return out;
}

function sumOf(destinations: readonly { count: number }[]): number {
  return destinations.reduce((sum, { count }) => sum + count, 0);
}

const REASONS: Record<string, ExclusionReason> = {
  unsubscribed: 'suppressed-unsubscribed',
  complained: 'suppressed-complaint',
  bounced: 'suppressed-unknown-user',
  manual: 'suppressed-manual',
  imported: 'suppressed-imported',
};
