/**
 * What a destination says about a recipient and about a message: rules in the address first, then the shares of its
 * manners. Deterministic, so that a second run of a campaign meets the same answers.
 */
import { addressRule, domainOf, replyFor } from './address-rules.ts';
import { AttemptCounter, isBounced, isDeferred } from './attempts.ts';
import type { Manners } from './config.ts';

export class Verdicts {
  readonly #domains: ReadonlySet<string>;
  readonly #attempts = new AttemptCounter();

  /** `domains` in lower case; `*` takes all. */
  constructor(domains: readonly string[]) {
    this.#domains = new Set(domains);
  }

  /** The refusal of this recipient at RCPT, or null. Counts the attempt. */
  recipientRefusal(address: string, manners: Manners, source = ''): string | null {
    const { texts } = manners;
    if (!this.#domains.has('*') && !this.#domains.has(domainOf(address))) {
      return `554 5.7.1 <${address}>: Relay access denied`;
    }
    if (manners.refusedSources.includes(source)) return replyFor(texts.unknownUser, address);
    const rule = addressRule(address);
    if (rule === 'unknown') return replyFor(texts.unknownUser, address);
    if (rule === 'full') return replyFor(texts.mailboxFull, address);
    if (rule === 'blocked') return replyFor(texts.blocked, address);
    if (rule === 'defer') return replyFor(texts.deferred, address);
    if (rule === 'tempfail-once' && this.#attempts.next('once', address) === 1) {
      return replyFor(texts.deferred, address);
    }
    return manners.sharePhase === 'rcpt' ? this.#shareRefusal(address, manners) : null;
  }

  /** The verdict on a whole message: the hardest rule among its recipients decides; a share looks at the first one. */
  dotVerdict(recipients: readonly string[], manners: Manners): DotVerdict {
    const rules = recipients.map(addressRule);
    if (rules.includes('dot550')) return { do: 'refuse', reply: manners.texts.dotRefused };
    if (rules.includes('stall')) return { do: 'stall' };
    if (manners.sharePhase === 'dot') {
      const reply = this.#shareRefusal(recipients[0] ?? '', manners);
      if (reply !== null) return { do: 'refuse', reply };
    }
    const firsts = recipients.filter(
      (address, i) => rules[i] === 'drop-after-dot' && this.#attempts.next('drop', address) === 1,
    );
    return { do: firsts.length > 0 ? 'drop' : 'accept' };
  }

  #shareRefusal(address: string, manners: Manners): string | null {
    const { bounceShare, deferShare, deferFirstAttemptOnly, sharePhase, texts } = manners;
    const isDot = sharePhase === 'dot';
    if (isBounced(address, bounceShare)) {
      return isDot ? texts.dotRefused : replyFor(texts.unknownUser, address);
    }
    // Counted only while somebody asks: a benchmark with a million addresses pays no memory for it.
    if (deferShare === 0) return null;
    const attempt = this.#attempts.next('share', address);
    if (deferFirstAttemptOnly && attempt > 1) return null;
    if (!isDeferred(address, attempt, deferShare)) return null;
    return isDot ? texts.dotDeferred : replyFor(texts.deferred, address);
  }
}

/** 'drop': accept, then cut the connection instead of replying. 'stall': never reply, accept nothing. */
export type DotVerdict =
  | { do: 'accept' }
  | { do: 'refuse'; reply: string }
  | { do: 'stall' }
  | { do: 'drop' };
