/**
 * Triggers: at a named moment of a session, something breaks. A fault test arms one, and asks afterwards whether it
 * struck: a fault that did not strike is a failed run, not a passed one (I1–I7 would hold by idleness).
 */
import { z } from 'zod';

const moments = [
  'connect',
  'mail',
  'rcpt',
  'data',
  'content-bytes',
  'dot-received',
  'before-reply',
  'after-reply',
] as const;

/** A hook may only call this machine: the receiver never sends anything anywhere. */
const loopbackUrl = z.url().refine((url) => {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}, 'a hook is an http URL on 127.0.0.1');

export const triggerSchema = z
  .strictObject({
    when: z.enum(moments),
    destination: z.string().optional(),
    /** Matches a transaction that has this accepted recipient (at 'rcpt': the one just named). */
    recipient: z.string().toLowerCase().optional(),
    /** Strikes at the n-th match; counted from when it was armed. */
    nth: z.int().min(1).default(1),
    /** How many matches in a row strike, from the n-th on. */
    times: z.int().min(1).default(1),
    /** With 'content-bytes': the byte of the content after which nothing more is taken from this session. */
    bytes: z.int().min(1).optional(),
    action: z.discriminatedUnion('do', [
      /** SIGKILL to `pid`; this session is answered no more. */
      z.strictObject({ do: z.literal('kill'), pid: z.int().min(2) }),
      z.strictObject({ do: z.literal('reset') }),
      /** The session stays open and is never answered again. */
      z.strictObject({ do: z.literal('stall') }),
      /** POSTs what happened; replies of this session wait until it answers (30 s at most). */
      z.strictObject({ do: z.literal('hook'), url: loopbackUrl }),
    ]),
  })
  .superRefine((trigger, context) => {
    const isContent = trigger.when === 'content-bytes';
    if (isContent !== (trigger.bytes !== undefined)) {
      context.addIssue({
        code: 'custom',
        message: "'bytes' belongs to 'content-bytes', and only to it",
      });
    }
    if (trigger.recipient !== undefined && ['connect', 'mail'].includes(trigger.when)) {
      context.addIssue({ code: 'custom', message: `no recipient is known at '${trigger.when}'` });
    }
  });

export class Triggers {
  #nextId = 1;
  #armed: ArmedTrigger[] = [];
  readonly #all: ArmedTrigger[] = [];

  /** False costs one property read per moment, so that an idle trigger list does not slow the receiver. */
  get isArmed(): boolean {
    return this.#armed.length > 0;
  }

  arm(trigger: Trigger): TriggerReport {
    const armed: ArmedTrigger = {
      ...trigger,
      id: this.#nextId,
      matched: 0,
      struck: 0,
      struckAt: null,
      session: null,
    };
    this.#nextId += 1;
    this.#armed.push(armed);
    this.#all.push(armed);
    return armed;
  }

  disarm(): void {
    this.#armed = [];
  }

  report(): TriggerReport[] {
    return this.#all;
  }

  /** Counts a moment and returns what it sets off, if anything. `kill` has been done when this returns. */
  strike(moment: Moment): Strike | null {
    for (const trigger of this.#armed) {
      if (!isMatch(trigger, moment)) continue;
      trigger.matched += 1;
      if (trigger.matched < trigger.nth) continue;
      trigger.struck += 1;
      trigger.struckAt = new Date().toISOString();
      trigger.session = moment.session;
      if (trigger.struck === trigger.times) this.#armed = this.#armed.filter((t) => t !== trigger);
      return perform(trigger, moment);
    }
    return null;
  }
}

function isMatch(trigger: ArmedTrigger, moment: Moment): boolean {
  if (trigger.when !== moment.when) return false;
  if (trigger.destination !== undefined && trigger.destination !== moment.destination) return false;
  if (trigger.recipient !== undefined && !moment.recipients.includes(trigger.recipient))
    return false;
  if (trigger.bytes === undefined) return true;
  // Once per transaction: in the range that crosses the byte.
  const { before, after } = moment.bytes ?? { before: 0, after: 0 };
  return before < trigger.bytes && trigger.bytes <= after;
}

function perform(trigger: ArmedTrigger, moment: Moment): Strike {
  const { action } = trigger;
  if (action.do === 'kill') {
    try {
      process.kill(action.pid, 'SIGKILL');
    } catch {
      // It was dead before: said as "did not strike", for the test must not pass by it.
      trigger.struck = 0;
      trigger.struckAt = null;
    }
    return { do: 'mute' };
  }
  if (action.do === 'reset') return { do: 'reset' };
  if (action.do === 'stall') return { do: 'stall' };
  return { do: 'hold', until: callHook(action.url, { trigger: trigger.id, ...moment }) };
}

async function callHook(url: string, body: unknown): Promise<void> {
  try {
    await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
  } catch {
    // A hook that fails must not hold the session for ever; the test sees that its hook was not called.
  }
}

export type TriggerInput = z.input<typeof triggerSchema>;
export type Trigger = z.infer<typeof triggerSchema>;

export type TriggerReport = Trigger & {
  id: number;
  /** How many moments matched, and how many of them struck. */
  matched: number;
  struck: number;
  struckAt: string | null;
  session: string | null;
};

type ArmedTrigger = TriggerReport;

export interface Moment {
  when: (typeof moments)[number];
  destination: string;
  session: string;
  recipients: string[];
  /** At 'content-bytes': content bytes of this transaction before and after this range. */
  bytes?: { before: number; after: number };
}

/** 'mute': nothing is sent to this session any more. 'stall': the same, and nothing is taken either. */
export type Strike =
  | { do: 'mute' }
  | { do: 'reset' }
  | { do: 'stall' }
  | { do: 'hold'; until: Promise<void> };
