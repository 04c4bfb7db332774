/** The states and reasons that the database, the worker and the screens name alike. Order is the order of reports. */

export const DELIVERY_STATES = [
  'waiting',
  'sending',
  'accepted',
  'bounced',
  'expired',
  'cancelled',
  'unknown',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export const DISPOSITIONS = ['accepted', 'deferred', 'bounced', 'unknown'] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

export const SUPPRESSION_REASONS = [
  'unsubscribed',
  'bounced',
  'complained',
  'manual',
  'imported',
] as const;
export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number];

export const MEMBER_ROLES = ['owner', 'admin', 'editor', 'viewer'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

export const IMPORT_STATES = [
  'uploading',
  'mapping',
  'queued',
  'running',
  'finished',
  'failed',
  'cancelled',
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];
