/**
 * From what the SMTP session says of a recipient to what the log keeps and what follows: classify, judge, plan the retry.
 * The rules themselves are data and policies of packages/replies and packages/delivery.
 */
import type { DueDelivery, Outcome } from '@hikyaku/db/worker';
import { judge, type Phase, planRetry, type RetrySettings } from '@hikyaku/delivery';
import { classify, type Phase as ReplyPhase } from '@hikyaku/replies';
import type { RecipientResult } from '@hikyaku/smtp';
import type { CampaignFeed } from './campaign-feed.ts';

/** What is the same for all transactions of a session, as the log keeps it. */
export interface SessionFacts {
  source: string;
  mxHost: string;
  mxAddress: string;
  session: string;
  tls: string | null;
}

export interface AttemptFacts {
  transaction: number;
  envelopeMs: number | null;
  dotMs: number | null;
  sizeBytes: number;
}

/** A result that settles the row, or `returned`: it goes back to waiting and no attempt is counted. */
export type Settlement = { kind: 'outcome'; outcome: Outcome } | { kind: 'returned' };

export function settlementOf(
  row: DueDelivery,
  lease: { laneId: string; epoch: number },
  feed: CampaignFeed,
  result: RecipientResult,
  session: SessionFacts,
  attempt: AttemptFacts,
  options: { nowMs: number; retry: RetrySettings; jitter: number; own: readonly string[] },
): Settlement {
  if (result.disposition === 'abandoned' || result.disposition === 'carried-over')
    return { kind: 'returned' };
  const reply = result.reply;
  const code = result.disposition === 'unknown' ? null : (reply?.code ?? null);
  const text = reply?.text ?? describe(result);
  const category = categoryOf(result, row.domain, session.mxHost, options.own);
  const verdict = judge({
    phase: PHASES[result.command] ?? 'connect',
    code,
    category: category.name,
    scope: result.scope,
    permanence: category.permanence ?? result.permanence,
    isRcptWritten: !(result.command === 'MAIL' && !reply),
  });
  if (verdict.disposition === 'returned') return { kind: 'returned' };
  const plan =
    verdict.disposition === 'deferred'
      ? planRetry({
          attempt: row.attempts + 1,
          nowMs: options.nowMs,
          category: category.name,
          clock: feed.clock.isAlwaysOpen ? null : feed.clock,
          expiresAtMs: feed.expiresAtMs,
          jitter: options.jitter,
          settings: options.retry,
        })
      : undefined;
  const state = plan
    ? plan.kind === 'retry'
      ? 'waiting'
      : 'expired'
    : (verdict.disposition as 'accepted' | 'bounced' | 'unknown');
  return {
    kind: 'outcome',
    outcome: {
      tenantId: row.tenantId,
      id: row.id,
      laneId: lease.laneId,
      epoch: lease.epoch,
      state,
      disposition: verdict.disposition,
      nextAttemptMs: plan?.kind === 'retry' ? plan.atMs : null,
      atMs: options.nowMs,
      ...session,
      ...attempt,
      mode: feed.campaign.mode,
      phase: result.command,
      code: reply?.code ?? null,
      enhanced: reply?.enhanced ?? category.enhanced,
      // Postgres text holds no NUL; a reply is cut long before it could hurt the log.
      text: text.replaceAll('\0', '').slice(0, 2_000),
      category: category.name,
    },
  };
}

interface CategoryFound {
  name: string;
  permanence?: 'transient' | 'permanent' | 'unknown';
  enhanced: string | null;
}

function categoryOf(
  result: RecipientResult,
  site: string,
  mx: string,
  own: readonly string[],
): CategoryFound {
  if (result.disposition === 'accepted') return { name: 'accepted', enhanced: null };
  if (result.disposition === 'unknown') return { name: 'unknown', enhanced: null };
  const phase = REPLY_PHASES[result.command];
  if (result.reply && phase) {
    const found = classify({
      site,
      phase,
      command: result.command,
      code: result.reply.code,
      text: result.reply.text,
      mx,
      own,
    });
    return { name: found.category, permanence: found.permanence, enhanced: found.enhanced };
  }
  const byReason = REASONS[result.reason ?? ''];
  return (
    byReason ?? {
      name:
        result.reason === 'garbage-reply' || result.reason === 'unexpected-reply'
          ? 'protocol'
          : 'network',
      enhanced: null,
    }
  );
}

/** Decided here, before the server was asked. */
const REASONS: Record<string, CategoryFound | undefined> = {
  'address-invalid': { name: 'bad-address', permanence: 'permanent', enhanced: '5.1.3' },
  'eight-bit-unsupported': { name: 'format', permanence: 'permanent', enhanced: '5.6.3' },
  'smtputf8-unsupported': { name: 'format', permanence: 'permanent', enhanced: '5.6.7' },
  'too-big': { name: 'too-big', permanence: 'permanent', enhanced: '5.3.4' },
};

const PHASES: Record<string, Phase | undefined> = {
  MAIL: 'mail',
  RCPT: 'rcpt',
  DATA: 'data',
  CONTENT: 'content',
  DOT: 'dot',
};

const REPLY_PHASES: Record<string, ReplyPhase | undefined> = {
  GREETING: 'greeting',
  EHLO: 'ehlo',
  STARTTLS: 'starttls',
  MAIL: 'mail',
  RCPT: 'rcpt',
  DATA: 'data',
  DOT: 'dot',
};

function describe(result: RecipientResult): string {
  const system = result.systemCode ? ` (${result.systemCode})` : '';
  if (result.disposition === 'unknown')
    return `No usable reply after the final dot: ${result.reason ?? 'lost'}${system}`;
  return `${result.reason ?? 'failed'} at ${result.command}${system}`;
}
