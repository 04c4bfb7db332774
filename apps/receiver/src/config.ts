/**
 * What a receiver process is told: its destinations and their manners.
 * Strict schemas: a misspelt manner is refused, because a fault that is not set is a test that proves nothing.
 */
import { z } from 'zod';

const count = z.int().min(1).nullable();
const durationMs = z.number().min(0).max(3_600_000);
const share = z.number().min(0).max(1);
const replyText = z
  .string()
  .regex(
    /^[245]\d\d[ -][^\r\n]*(\r\n[245]\d\d[ -][^\r\n]*)*$/,
    'a reply is "code text", lines joined by CRLF',
  );

/** RFC 9422 values to announce. Announcing does not enforce: that is what the manners below do. */
const limitsSchema = z.strictObject({
  rcptMax: z.int().min(1).optional(),
  mailMax: z.int().min(1).optional(),
  rcptDomainMax: z.int().min(1).optional(),
});

/** Reply texts in the words of one carrier; `{address}` and `{local}` are filled in. */
const textsSchema = z.strictObject({
  greeting: replyText.optional(),
  unknownUser: replyText.default('550 5.1.1 <{address}>: Recipient address rejected: User unknown'),
  deferred: replyText.default('451 4.3.0 <{address}>: Temporary lookup failure, try again later'),
  dotDeferred: replyText.default('451 4.3.2 System busy, try again later'),
  dotRefused: replyText.default('550 5.7.1 Message content rejected'),
  mailboxFull: replyText.default('452 4.2.2 <{address}>: Mailbox full'),
  blocked: replyText.default(
    '550 5.7.1 Service unavailable; client host blocked using zen.spamhaus.org; https://check.spamhaus.org/',
  ),
  overRecipients: replyText.default('452 4.5.3 Too many recipients'),
  overConnections: replyText.default('421 4.7.0 Too many connections from your address'),
  overMessages: replyText.default('421 4.7.0 Too many messages in this session'),
  overRate: replyText.default('451 4.7.1 Too much mail from your address, slow down'),
});

/** How one destination behaves. `null` means "no limit". All may be changed while it runs (PATCH). */
export const mannersSchema = z.strictObject({
  connectionsMaxPerSource: count.default(null),
  overConnections: z.enum(['421', 'reset']).default('421'),
  recipientsMaxPerTransaction: count.default(null),
  /** 'cut': the session ends with the refusal, and the recipients before it are forgotten, as docomo does. */
  overRecipients: z.enum(['refuse', 'cut']).default('refuse'),
  messagesMaxPerSession: count.default(null),
  /** '421': the next MAIL is refused and the session ends. 'close': it ends without a word after the last reply. */
  overMessages: z.enum(['421', 'close']).default('421'),
  latencyMs: durationMs.default(0),
  greetingDelayMs: durationMs.default(0),
  /** After so long without input: 421, and the session ends. */
  idleMaxMs: durationMs.min(1).nullable().default(null),
  /** Replies come that slowly, byte by byte: what only a deadline for the whole reply survives. */
  replyBytesPerSecond: z.number().positive().max(1000).nullable().default(null),
  /** Recipients accepted per second by the whole destination. */
  acceptRatePerSecond: z.number().positive().nullable().default(null),
  /** 'delay': the reply to the dot waits its turn. 'defer': RCPT is answered 451. */
  overRate: z.enum(['delay', 'defer']).default('delay'),
  deferShare: share.default(0),
  deferFirstAttemptOnly: z.boolean().default(false),
  bounceShare: share.default(0),
  /** Takes their mail for spam, and answers RCPT as if nobody existed. */
  refusedSources: z.array(z.string()).default([]),
  sharePhase: z.enum(['rcpt', 'dot']).default('rcpt'),
  capabilitiesOff: z
    .array(z.enum(['PIPELINING', 'SIZE', '8BITMIME', 'ENHANCEDSTATUSCODES', 'SMTPUTF8', 'EHLO']))
    .default([]),
  limits: limitsSchema.nullable().default(null),
  tls: z.boolean().default(false),
  sizeMaxBytes: z.int().min(1).default(52_428_800),
  texts: textsSchema.prefault({}),
});

const destinationSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'a name is lower-case letters, digits and dashes'),
  /** 0 takes a free port. */
  port: z.int().min(0).max(65_535).default(0),
  /** Exact domains in lower case, or `*` for every other one. */
  domains: z.array(z.string().min(1).toLowerCase()).min(1),
  manners: mannersSchema.prefault({}),
});

export const receiverConfigSchema = z
  .strictObject({ destinations: z.array(destinationSchema).min(1) })
  .superRefine(({ destinations }, context) => {
    refuseTwice(
      destinations.map((d) => d.name),
      'destination name',
      context,
    );
    refuseTwice(
      destinations.flatMap((d) => d.domains),
      'domain',
      context,
    );
  });

/** Used without `--config`: one destination that takes everything, as fast as it can. */
export const defaultConfig: ReceiverConfigInput = {
  destinations: [{ name: 'everyone', domains: ['*'] }],
};

/** Changes some manners and returns the checked whole. Throws `ZodError` and changes nothing when one is wrong. */
export function changeManners(current: Manners, change: unknown): Manners {
  const patch = z.record(z.string(), z.unknown()).parse(change);
  const texts = { ...current.texts, ...(isRecord(patch.texts) ? patch.texts : {}) };
  return mannersSchema.parse({ ...current, ...patch, texts });
}

function refuseTwice(values: string[], what: string, context: z.core.$RefinementCtx): void {
  const seen = new Set<string>();
  for (const value of values) {
    if (seen.has(value)) context.addIssue({ code: 'custom', message: `${what} twice: ${value}` });
    seen.add(value);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export type Manners = z.infer<typeof mannersSchema>;
export type DestinationConfig = z.infer<typeof destinationSchema>;
export type ReceiverConfig = z.infer<typeof receiverConfigSchema>;
export type ReceiverConfigInput = z.input<typeof receiverConfigSchema>;
