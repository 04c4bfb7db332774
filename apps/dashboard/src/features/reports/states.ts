/** How each state of a delivery looks, in the order of a report. */
import type { Tone } from '@hikyaku/ui';

export const SHOWN_STATES = [
  'accepted',
  'bounced',
  'expired',
  'unknown',
  'cancelled',
  'sending',
  'waiting',
] as const;

export type ShownState = (typeof SHOWN_STATES)[number] | 'deferred';

export const STATE_TONES: Record<ShownState, Tone> = {
  accepted: 'good',
  bounced: 'bad',
  expired: 'warn',
  unknown: 'odd',
  cancelled: 'neutral',
  sending: 'accent',
  waiting: 'idle',
  deferred: 'warn',
};
