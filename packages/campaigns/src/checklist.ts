/**
 * What is checked before a campaign may be scheduled. Facts come in, items go out; texts live in the catalogues
 * under `checklist.<code>` with `params`. Invariant: a campaign with a blocker is never scheduled or started.
 */

import { findWindowFault, type WindowLevels } from './binding-windows.ts';
import type { DeliveryMode } from './delivery-mode.ts';
import type { Exclusions } from './exclusions.ts';
import { checkExpiry } from './expiry.ts';

/** All items in a fixed order, good ones included, so that the screen shows what was looked at. */
export function checklist(facts: ChecklistFacts): ChecklistItem[] {
  return [
    ...audienceItems(facts),
    ...fromItems(facts),
    ...templateItems(facts),
    ...modeItems(facts),
    ...sizeItems(facts),
    ...senderItems(facts),
    ...windowItems(facts),
    ...scheduleItems(facts),
  ];
}

/** True when nothing blocks. Warnings are for people to weigh. */
export function mayLaunch(items: readonly ChecklistItem[]): boolean {
  return items.every((item) => item.level !== 'blocker');
}

function audienceItems({ exclusions }: ChecklistFacts): ChecklistItem[] {
  const { membersTotal, recipients, excluded } = exclusions;
  if (membersTotal === 0) return [blocker('list-empty')];
  if (recipients === 0) return [blocker('no-recipients', { membersTotal, excluded })];
  return [ok('recipients', { recipients, excluded, membersTotal })];
}

function fromItems({ from }: ChecklistFacts): ChecklistItem[] {
  if (from === null) return [blocker('from-missing')];
  const params = { address: from.address, domain: from.domain };
  const items = [from.isProven ? ok('from-proven', params) : blocker('from-not-proven', params)];
  // SoftBank refuses an empty From (replies.md, rule breaker 19).
  if (from.displayName === '') items.push(warning('from-without-name', params));
  return items;
}

function templateItems({ template }: ChecklistFacts): ChecklistItem[] {
  if (template === null) return [blocker('template-missing')];
  const items: ChecklistItem[] = [];
  for (const error of template.errors) items.push(blocker('template-error', { ...error }));
  if (template.subject.trim() === '') items.push(blocker('subject-empty'));
  if (template.undefinedFields.length > 0)
    items.push(
      warning('fields-undefined', {
        fields: template.undefinedFields.join(', '),
        count: template.undefinedFields.length,
      }),
    );
  if (!template.hasText) items.push(warning('text-part-missing'));
  if (!template.hasUnsubscribeLink) items.push(warning('unsubscribe-link-missing'));
  return items.length === 0 ? [ok('template')] : items;
}

function modeItems({
  mode,
  template,
  recipientsAskingForOneClick,
}: ChecklistFacts): ChecklistItem[] {
  if (mode !== 'bulk' || template === null) return [];
  const { recipientFields } = template;
  if (recipientFields.length > 0)
    return [blocker('bulk-fields', { fields: recipientFields.join(', ') })];
  const recipients = recipientsAskingForOneClick;
  return [recipients > 0 ? warning('bulk-without-one-click', { recipients }) : ok('bulk')];
}

function sizeItems({ messageBytes, copies, exclusions }: ChecklistFacts): ChecklistItem[] {
  const totalBytes = messageBytes * copies;
  const params = { messageBytes, totalBytes, recipients: exclusions.recipients };
  const items =
    messageBytes > SIZE_WARN_BYTES ? [warning('size-large', params)] : [ok('size', params)];
  for (const { destination, maxBytes } of DESTINATION_SIZE_LIMITS)
    if (messageBytes > maxBytes)
      items.push(warning('size-over-destination', { destination, maxBytes, messageBytes }));
  return items;
}

function senderItems({ sender }: ChecklistFacts): ChecklistItem[] {
  if (sender === undefined) return [];
  const missing = sender.name.trim() === '' || sender.postalAddress.trim() === '';
  // Japan's Act on Regulation of Transmission of Specified Electronic Mail, and CAN-SPAM, ask for both.
  return [missing ? warning('sender-info-missing') : ok('sender-info')];
}

function windowItems({ windows, nowMs }: ChecklistFacts): ChecklistItem[] {
  const fault = findWindowFault(windows.levels, windows.groupKeys, nowMs);
  return [fault === null ? ok('window') : blocker(fault.code, { group: fault.group })];
}

function scheduleItems(facts: ChecklistFacts): ChecklistItem[] {
  const { schedule, nowMs } = facts;
  if (schedule === null) return [blocker('schedule-missing')];
  const expiry = expiryItems(facts, schedule === 'now' ? nowMs : Math.max(schedule.atMs, nowMs));
  if (schedule === 'now') return [ok('start-now'), ...expiry];
  const params = { atMs: schedule.atMs };
  const start = schedule.atMs < nowMs ? blocker('in-the-past', params) : ok('schedule', params);
  return [start, ...expiry];
}

/** An expiry that leaves no moment to send in blocks; one that leaves out a whole group is said. */
function expiryItems({ expiresAtMs, windows, nowMs }: ChecklistFacts, startMs: number) {
  if (expiresAtMs === null) return [];
  const params = { atMs: expiresAtMs };
  if (findWindowFault(windows.levels, windows.groupKeys, nowMs)) return [];
  const check = checkExpiry(windows, startMs, expiresAtMs);
  if (!check.ok) return [blocker(check.code, params)];
  const late = check.lateGroups.map((group) => warning('expires-before-group', { group }));
  return [ok('expires', params), ...late];
}

function ok(code: ChecklistCode, params: ChecklistParams = {}): ChecklistItem {
  return { code, level: 'ok', params };
}
function warning(code: ChecklistCode, params: ChecklistParams = {}): ChecklistItem {
  return { code, level: 'warning', params };
}
function blocker(code: ChecklistCode, params: ChecklistParams = {}): ChecklistItem {
  return { code, level: 'blocker', params };
}

/** Above this the editor and the checklist say what the size means for the list. */
export const SIZE_WARN_BYTES = 100 * 1024;

/** Known refusals by size (replies.md, rule breaker 19). */
export const DESTINATION_SIZE_LIMITS: readonly { destination: string; maxBytes: number }[] = [
  { destination: 'SoftBank', maxBytes: 1_000_000 },
  { destination: 'au', maxBytes: 3_000_000 },
];

export const CHECKLIST_CODES = [
  'list-empty',
  'no-recipients',
  'recipients',
  'from-missing',
  'from-not-proven',
  'from-proven',
  'from-without-name',
  'template-missing',
  'template-error',
  'template',
  'subject-empty',
  'fields-undefined',
  'text-part-missing',
  'unsubscribe-link-missing',
  'bulk-fields',
  'bulk-without-one-click',
  'bulk',
  'size',
  'size-large',
  'size-over-destination',
  'sender-info',
  'sender-info-missing',
  'window',
  'window-no-days',
  'window-bad-day',
  'window-bad-time',
  'window-empty',
  'zone-unknown',
  'windows-never-open',
  'windows-too-short',
  'start-now',
  'schedule',
  'schedule-missing',
  'in-the-past',
  'expires',
  'expires-before-start',
  'expires-before-open',
  'expires-before-group',
] as const;

export type ChecklistCode = (typeof CHECKLIST_CODES)[number];
export type ChecklistParams = Record<string, string | number>;
export type ChecklistItem = {
  code: ChecklistCode;
  level: 'ok' | 'warning' | 'blocker';
  params: ChecklistParams;
};

/**
 * `windows`: all that bind, by level and destination group. `expiresAtMs`: null where open time alone decides. `sender` is left
 * out where the tenant need not state it.
 */
export type ChecklistFacts = {
  nowMs: number;
  exclusions: Exclusions;
  from: { address: string; domain: string; displayName: string; isProven: boolean } | null;
  template: {
    subject: string;
    errors: readonly { message: string; part?: string; line?: number }[];
    undefinedFields: readonly string[];
    /** Fields of a recipient, the address included: what a message for many cannot have. */
    recipientFields: readonly string[];
    hasText: boolean;
    hasUnsubscribeLink: boolean;
  } | null;
  mode: DeliveryMode;
  /** How many are at a provider that asks bulk senders for one-click unsubscribing (`asksForOneClick`). */
  recipientsAskingForOneClick: number;
  messageBytes: number;
  /** How often the content crosses the wire: once for each recipient, or in bulk for each transaction. */
  copies: number;
  windows: { levels: WindowLevels; groupKeys: readonly string[] };
  schedule: 'now' | { atMs: number } | null;
  expiresAtMs: number | null;
  sender?: { name: string; postalAddress: string };
};
