/**
 * A receiving site: its manners, its connections, and its verdicts about recipients. Verdicts depend on the recipient and
 * on its tries, not on chance, so that a recipient who is dead stays dead.
 */
import { hashText, type Random } from '../random.ts';
import type { Timeline } from '../time/timeline.ts';
import type { Journal } from './journal.ts';
import type { Manners } from './manners.ts';

export class Site {
  readonly name: string;
  readonly manners: Manners;
  readonly random: Random;
  readonly timeline: Timeline;
  readonly journal: Journal;
  /** Connections at a time, by source. */
  readonly open = new Map<string, number>();
  /** Connections turned away because there were too many, each with its instant. */
  readonly turnedAwayMs: number[] = [];
  /** Transactions that named more recipients than it takes, each with its instant. */
  readonly overLimitMs: number[] = [];
  opened = 0;
  /** Messages taken, each for one recipient or many. */
  messages = 0;
  /** The most connections that stood at a time, from one source. */
  openMax = 0;
  #rateWindowMs = 0;
  #rateCount = 0;

  constructor(
    name: string,
    manners: Manners,
    random: Random,
    timeline: Timeline,
    journal: Journal,
  ) {
    this.name = name;
    this.manners = manners;
    this.random = random;
    this.timeline = timeline;
    this.journal = journal;
  }

  /** What happens to a new connection. */
  admit(source: string): 'yes' | 'reset' | '421' {
    if (this.manners.isDown) return 'reset';
    const open = this.open.get(source) ?? 0;
    if (open >= this.manners.sessionsMax) {
      this.turnedAwayMs.push(this.timeline.nowMs);
      return this.manners.overSessions;
    }
    this.open.set(source, open + 1);
    this.opened += 1;
    this.openMax = Math.max(this.openMax, open + 1);
    return 'yes';
  }

  leave(source: string): void {
    this.open.set(source, (this.open.get(source) ?? 1) - 1);
  }

  /** The answer to RCPT; a refusal, or undefined for 250. */
  judgeRecipient(rowId: string, source: string): string | undefined {
    const { manners, journal, timeline } = this;
    const tries = journal.named(rowId, timeline.nowMs);
    if (manners.isBlocking)
      return '554 5.7.1 Service unavailable; Client host blocked using zen.spamhaus.org';
    if (manners.refusedSources.includes(source)) return '550 5.1.1 User unknown';
    const fate = fateOf(rowId);
    if (fate < manners.unknownUserShare) return '550 5.1.1 User unknown';
    if (fate < manners.unknownUserShare + manners.fullShare) return '452 4.2.2 Mailbox full';
    if (manners.greylistMs > 0) {
      const first = journal.firstTryMs.get(rowId) ?? timeline.nowMs;
      if (timeline.nowMs - first < manners.greylistMs)
        return '451 4.7.1 Greylisting in action, please come back later';
    }
    if (manners.deferAt === 'rcpt' && this.#isDeferred(rowId, tries))
      return '451 4.3.2 Please try again later';
    return undefined;
  }

  /** The answer to the dot; a refusal, or undefined for 250. */
  judgeMessage(rowIds: readonly string[]): string | undefined {
    const { manners, journal } = this;
    const first = rowIds[0];
    if (first === undefined) return '554 5.5.1 No valid recipients';
    if (this.#isOverRate()) return '451 4.7.28 Too many messages, slow down';
    const fate = fateOf(first);
    if (fate > 1 - manners.filterShare) return '550 Unknown user';
    if (manners.deferAt === 'dot' && this.#isDeferred(first, journal.tries.get(first) ?? 1))
      return '451 4.3.0 Temporary failure, try again';
    return undefined;
  }

  #isDeferred(rowId: string, tries: number): boolean {
    const { deferShare, deferTries } = this.manners;
    return tries <= deferTries && hashText(rowId, 77) / 2 ** 32 < deferShare;
  }

  #isOverRate(): boolean {
    const { ratePerSecond } = this.manners;
    if (!Number.isFinite(ratePerSecond)) return false;
    const { nowMs } = this.timeline;
    if (nowMs - this.#rateWindowMs >= 1_000) {
      this.#rateWindowMs = nowMs;
      this.#rateCount = 0;
    }
    this.#rateCount += 1;
    return this.#rateCount > ratePerSecond;
  }
}

/** In [0, 1), the recipient's own. */
function fateOf(rowId: string): number {
  return hashText(rowId, 99) / 2 ** 32;
}
