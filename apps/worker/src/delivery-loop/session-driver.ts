/**
 * One session's view of the delivery engine: what to carry next, whether it may go, and what became of it.
 * Invariant: the bytes that end a message leave only after its fence has committed, under a valid lease, inside the window.
 */
import type { DueDelivery } from '@hikyaku/db/worker';
import type { SessionInfo, SessionWork, Transaction, TransactionResult } from '@hikyaku/smtp';
import type { MxHost } from '../destinations/directory.ts';
import type { CampaignFeed } from './campaign-feed.ts';
import type { LaneContext } from './lane-context.ts';
import { type SessionFacts, settlementOf } from './outcome-of.ts';
import type { SitePool } from './site-pool.ts';

/** One row, composed, and what is known of its fence. */
export interface Envelope extends Transaction {
  row: DueDelivery;
  feed: CampaignFeed;
  /** Asked at most once per envelope; undefined until then. */
  fence: Promise<Fence> | undefined;
}

/** `doubtful`: the statement failed, and may have been committed all the same. */
export type Fence = 'held' | 'refused' | 'doubtful';

export class SessionDriver implements SessionWork<Envelope> {
  readonly #lane: LaneContext;
  readonly #pool: SitePool;
  readonly #facts: SessionFacts;

  constructor(lane: LaneContext, pool: SitePool, host: MxHost, info: SessionInfo) {
    this.#lane = lane;
    this.#pool = pool;
    this.#facts = {
      source: lane.lease.source,
      mxHost: host.name,
      mxAddress: `${info.remoteAddress}:${info.remotePort}`,
      session: lane.nextSessionId(),
      tls: info.tls ? `${info.tls.protocol} ${info.tls.cipher}` : null,
    };
  }

  next(): Envelope | 'quit' | Promise<Envelope | 'quit'> {
    return this.#pool.next(this);
  }

  async fence(envelope: Envelope): Promise<boolean> {
    return this.mayComplete(envelope) && (await this.#askFence(envelope)) === 'held';
  }

  mayComplete(envelope: Envelope): boolean {
    return this.#lane.lease.isValid() && envelope.feed.mayFence(Date.now());
  }

  async settle(envelope: Envelope, result: TransactionResult): Promise<void> {
    const recipient = result.recipients[0];
    if (!recipient) return;
    const { row, feed } = envelope;
    const nowMs = Date.now();
    const settlement = settlementOf(
      row,
      this.#lane.lease,
      feed,
      recipient,
      this.#facts,
      {
        transaction: result.number,
        envelopeMs: whole(result.timings.envelopeMs),
        dotMs: whole(result.timings.dotMs),
        sizeBytes: result.bytes,
      },
      { nowMs, retry: this.#lane.policies.retry, jitter: Math.random(), own: this.#lane.own },
    );
    // A refusal of RCPT can come before the fence has answered; a row is settled only from behind its fence.
    if (settlement.kind === 'returned' || (await this.#askFence(envelope)) === 'refused')
      return this.#giveBack(envelope, nowMs);
    const { outcome } = settlement;
    await this.#lane.log.settle(outcome);
    if (outcome.disposition === 'accepted') this.#pool.onSuccess();
    if (outcome.state === 'waiting') feed.putAside(row.id, outcome.nextAttemptMs ?? nowMs);
    else feed.settled(row.id);
  }

  #askFence(envelope: Envelope): Promise<Fence> {
    const { row } = envelope;
    const { lease, log } = this.#lane;
    envelope.fence ??= log
      .fence({
        tenantId: row.tenantId,
        campaignId: row.campaignId,
        id: row.id,
        laneId: lease.laneId,
        epoch: lease.epoch,
      })
      .then(
        (isHeld) => (isHeld ? 'held' : 'refused'),
        () => 'doubtful',
      );
    return envelope.fence;
  }

  async #giveBack(envelope: Envelope, nowMs: number): Promise<void> {
    const { row, feed } = envelope;
    const { lease, log } = this.#lane;
    const fence = await envelope.fence;
    if (fence === 'held' || fence === 'doubtful') {
      await log.unfence({ tenantId: row.tenantId, id: row.id, epoch: lease.epoch });
    }
    if (fence === 'refused' && (await this.#lane.endIfSuppressed(row))) feed.settled(row.id);
    // Otherwise the reason shows with the next look at the campaign: do not ask again at once.
    else feed.putAside(row.id, fence === 'refused' ? nowMs + 1_000 : nowMs);
    this.#lane.wake();
  }
}

function whole(ms: number | undefined): number | null {
  return ms === undefined ? null : Math.round(ms);
}
