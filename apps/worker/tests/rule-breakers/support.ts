/** Mail to a peer that breaks a rule, by a profile, over real sockets; and what the policy says of each answer. */
import { actionOf, type Failure, judge, type ReplyAction, type Verdict } from '@hikyaku/delivery';
import {
  classify,
  type LearnedField,
  type Phase,
  type Profile,
  profileOf,
  sessionLimitsOf,
} from '@hikyaku/replies';
import type { RecipientResult, SessionEnd, Transaction, TransactionResult } from '@hikyaku/smtp';
import { type ConnectOptions, connectSession } from '@hikyaku/smtp/node';

export const NOW = Date.UTC(2026, 10, 26, 3);
export const DAY_MS = 86_400_000;

/** The profile of a site with nothing stored but what is given. */
export function profile(site: string, learned: readonly LearnedField[] = [], nowMs = NOW): Profile {
  return profileOf(site, ['127.0.0.1'], { staffOverride: null, learned }, nowMs);
}

/**
 * Delivers to all recipients, `perTransaction` at a time, opening another session while one may be opened and something was
 * given back. Returns the last word on each recipient and the end of each session.
 */
export async function deliver(port: number, recipients: readonly string[], how: Delivery = {}) {
  const results = new Map<string, RecipientResult>();
  const ends: SessionEnd[] = [];
  let waiting = [...recipients];
  for (let session = 0; waiting.length > 0 && session < 8; session++) {
    const opened = await connectSession(optionsFor(port, how));
    if (!opened.ok) throw new Error(opened.failure.message);
    const givenBack: string[] = [];
    const end = await opened.session.run({
      next: () => {
        const batch = [...givenBack.splice(0), ...waiting];
        const now = batch.slice(0, how.perTransaction ?? 1);
        waiting = batch.slice(now.length);
        return now.length === 0 ? 'quit' : mailTo(now, how);
      },
      fence: () => true,
      mayComplete: () => true,
      settle: (_, result: TransactionResult) => {
        for (const found of result.recipients) {
          results.set(found.recipient, found);
          if (isGivenBack(found)) givenBack.push(found.recipient);
        }
      },
    });
    await opened.session.close();
    ends.push(end);
    waiting = [...givenBack, ...waiting];
    if (!end.canReopen || how.isOneSession) break;
  }
  return {
    ends,
    of: (recipient: string) => results.get(recipient) as RecipientResult,
    accepted: [...results.values()].filter(({ disposition }) => disposition === 'accepted'),
    refused: [...results.values()].filter(({ disposition }) => disposition === 'refused'),
    abandoned: [...results.values()].filter(({ disposition }) => disposition === 'abandoned'),
  };
}

/** Category, verdict and action of a reply, as worker and command line judge it. */
export function judged(site: string, phase: Phase, code: number | null, text: string): Judged {
  const { category, rule, scope, permanence } = classify({ site, phase, code, text });
  const isRcptWritten = phase === 'rcpt' || phase === 'data' || phase === 'dot';
  const verdict = judge({ phase, code, category, scope, permanence, isRcptWritten } as Failure);
  return { category, rule, verdict, action: actionOf(verdict) };
}

/** The same of a result over the wire: by its own command, and without a code where no proper reply came. */
export function judgedResult(site: string, result: RecipientResult): Judged {
  const { reply } = result;
  const phase = result.command.toLowerCase() as Phase;
  return judged(site, phase, result.reason ? null : (reply?.code ?? null), reply?.text ?? '');
}

export function optionsFor(port: number, how: Delivery = {}): ConnectOptions {
  return {
    host: '127.0.0.1',
    port,
    ehloName: 'client.test',
    tls: { mode: 'off' },
    ...(how.profile && { quirks: how.profile.quirks, limits: sessionLimitsOf(how.profile) }),
    ...how.connect,
  };
}

export function people(count: number, site: string): string[] {
  return Array.from({ length: count }, (_, at) => `r${at + 1}@${site}`);
}

function mailTo(recipients: string[], how: Delivery): Transaction {
  const content = Buffer.from(how.content ?? 'Subject: x\r\n\r\nhello\r\n');
  return {
    mailFrom: 'from@sender.test',
    recipients,
    sizeBytes: content.length,
    content: () => content,
  };
}

function isGivenBack({ disposition }: RecipientResult): boolean {
  return disposition === 'abandoned' || disposition === 'carried-over';
}

type Delivery = {
  profile?: Profile;
  perTransaction?: number;
  content?: string;
  isOneSession?: boolean;
  connect?: Partial<ConnectOptions>;
};
type Judged = { category: string; rule: string; verdict: Verdict; action: ReplyAction };
