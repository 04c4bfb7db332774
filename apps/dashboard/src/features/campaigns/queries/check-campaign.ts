/**
 * Gathers the facts for the checklist from the database and judges them with the campaigns room. Judges the form as
 * submitted, not as stored, so that nothing is scheduled that nobody looked at.
 */
import {
  asksForOneClick,
  type ChecklistItem,
  checklist,
  type ExclusionReason,
  type Exclusions,
  mayLaunch,
  summariseExclusions,
  validateWindows,
  windowStateAt,
} from '@hikyaku/campaigns';
import { audienceSummary, type TenantScope } from '@hikyaku/db';
import { isMailbox } from '@hikyaku/message';
import { type DraftForm, readDraft } from '../draft-form.ts';
import { tenantWindow } from './compose-options.ts';
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
  /** Epoch ms of the first moment at which something can go out, when that is later than the start. */
  opensAtMs: number | null;
  /** What the local time was understood as, when a change of clocks is near. */
  adjusted: { kind: 'gap' | 'overlap'; atMs: number } | null;
}

/** As in the campaigns room, with `list-missing` and `from-invalid`, which only a form can have. */
export type CheckItem = Omit<ChecklistItem, 'code'> & {
  code: ChecklistItem['code'] | 'list-missing' | 'from-invalid';
};

export async function checkCampaign(
  scope: TenantScope,
  form: DraftForm,
  nowMs: number,
): Promise<CampaignCheck> {
  const { window, start } = readDraft(form, nowMs);
  const everyDomain = { top: Number.POSITIVE_INFINITY };
  const audience = form.listId ? await audienceSummary(scope, form.listId, everyDomain) : null;
  const destinations = audience?.destinations ?? [];
  const exclusions = summariseExclusions(audience?.total ?? 0, reasons(audience?.excluded ?? {}));
  const { template, messageBytes } = await templateFacts(scope, form.templateId, form.listId);
  const costs = modeCosts(destinations, messageBytes);
  const windows = [window, await tenantWindow(scope)];
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
    windows,
    schedule: start.kind === 'now' ? 'now' : start.kind === 'at' ? { atMs: start.atMs } : null,
  })
    // A size of nothing says nothing.
    .filter((item) => item.code !== 'size' || messageBytes[form.mode] > 0)
    .map((item) => (item.code === 'list-empty' && !audience ? LIST_MISSING : item));
  if (form.fromEmail !== '' && !isMailbox(form.fromEmail)) replaceFrom(items);
  const startMs = start.kind === 'at' ? Math.max(start.atMs, nowMs) : nowMs;
  return {
    items,
    mayLaunch: mayLaunch(items as ChecklistItem[]),
    exclusions,
    destinations: destinations.slice(0, DESTINATIONS_SHOWN),
    recipientFields: template?.recipientFields ?? [],
    costs,
    opensAtMs: opensAt(windows, startMs, nowMs),
    adjusted:
      start.kind === 'at' && start.adjusted ? { kind: start.adjusted, atMs: start.atMs } : null,
  };
}

const DESTINATIONS_SHOWN = 10;

const LIST_MISSING: CheckItem = { code: 'list-missing', level: 'blocker', params: {} };

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

function reasons(excluded: Record<string, number>): Partial<Record<ExclusionReason, number>> {
  const out: Partial<Record<ExclusionReason, number>> = {};
  for (const [reason, count] of Object.entries(excluded)) {
    const id = REASONS[reason] ?? 'suppressed-other';
    out[id] = (out[id] ?? 0) + count;
  }
  return out;
}

function sumOf(destinations: readonly { count: number }[]): number {
  return destinations.reduce((sum, { count }) => sum + count, 0);
}

function opensAt(windows: Parameters<typeof windowStateAt>[0], startMs: number, nowMs: number) {
  if (!validateWindows(windows, nowMs).ok) return null;
  const state = windowStateAt(windows, startMs);
  return state.open ? null : state.opensAtMs;
}

const REASONS: Record<string, ExclusionReason> = {
  unsubscribed: 'suppressed-unsubscribed',
  complained: 'suppressed-complaint',
  bounced: 'suppressed-unknown-user',
  manual: 'suppressed-manual',
  imported: 'suppressed-imported',
};
