/**
 * The SMTP client alone. Through a delay proxy with 20 ms round trip: one session against the bound of one message a
 * measured round trip, and against one nodemailer connection. On loopback: against Postfix's smtp-source with as many
 * sessions and as large a message. Memory of 1,000 open sessions. Peers alternate in one run; medians of three.
 */
import { fileURLToPath } from 'node:url';
import { startChild } from '@hikyaku/testkit/child-process';
import { startDelayProxy } from '@hikyaku/testkit/delay-proxy';
import { median, round2 } from '../median.ts';
import { runNodemailer } from '../peers/nodemailer.ts';
import { NO_SMTP_SOURCE, runSmtpSource } from '../peers/smtp-source.ts';
import { fastReceiver, type Rig } from '../rig.ts';
import { measureRoundTrip } from '../round-trip.ts';

export interface SmtpSpeed {
  rtt20: { perSecond: number; ofBound: number; vsNodemailer: number };
  loopback: { perSecond: number; vsSmtpSource: number | null };
  sessionBytes: number;
}

const CLIENT = fileURLToPath(new URL('../smtp-client-main.ts', import.meta.url));
const ROUNDS = 3;
const SESSIONS = 50;
const MESSAGES = 40_000;

export async function smtp({ say, scaled }: Pick<Rig, 'say' | 'scaled'>): Promise<SmtpSpeed> {
  const receiver = await fastReceiver();
  const port = Object.values(receiver.ports)[0] as number;
  try {
    const rtt20 = await throughDelay(port, say);
    const loopback = await onLoopback(port, scaled(MESSAGES), say);
    const { sessionBytes } = await runClient(port, 1_000, 0);
    say(`  1,000 open sessions: ${Math.round(sessionBytes / 1_024)} KB each`);
    return { rtt20, loopback, sessionBytes };
  } finally {
    await receiver.stop();
  }
}

async function throughDelay(
  target: number,
  say: (line: string) => void,
): Promise<SmtpSpeed['rtt20']> {
  const proxy = await startDelayProxy({ target: { port: target }, oneWayMs: 10 });
  try {
    const ours: number[] = [];
    const shares: number[] = [];
    const ratios: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const rttMs = await measureRoundTrip(proxy.port);
      const mine = await runClient(proxy.port, 1, 200);
      const theirs = await runNodemailer(proxy.port, {
        sessions: 1,
        messages: 100,
        round: 90 + round,
      });
      const rate = mine.accepted / mine.seconds;
      ours.push(rate);
      shares.push((rate * rttMs) / 1_000);
      ratios.push(rate / theirs);
      say(
        `  round trip ${rttMs.toFixed(1)} ms: ${rate.toFixed(1)}/s, nodemailer ${theirs.toFixed(1)}/s`,
      );
    }
    return {
      perSecond: round2(median(ours)),
      ofBound: round2(median(shares)),
      vsNodemailer: round2(median(ratios)),
    };
  } finally {
    await proxy.stop();
  }
}

async function onLoopback(
  port: number,
  messages: number,
  say: (line: string) => void,
): Promise<SmtpSpeed['loopback']> {
  const ours: number[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const mine = await runClient(port, SESSIONS, messages);
    ours.push(mine.accepted / mine.seconds);
    const { contentBytes: sizeBytes } = mine;
    const source = await runSmtpSource(port, { sessions: SESSIONS, messages, sizeBytes });
    if (source) ratios.push((ours.at(-1) as number) / source);
    say(
      `  loopback: ${Math.round(ours.at(-1) as number)}/s, ${source ? `smtp-source ${Math.round(source)}/s` : NO_SMTP_SOURCE}`,
    );
  }
  return {
    perSecond: Math.round(median(ours)),
    vsSmtpSource: ratios.length > 0 ? round2(median(ratios)) : null,
  };
}

interface Run {
  accepted: number;
  seconds: number;
  sessionBytes: number;
  /** Octets of one message. */
  contentBytes: number;
}

async function runClient(port: number, sessions: number, messages: number): Promise<Run> {
  const child = await startChild(CLIENT, ['127.0.0.1', port, sessions, messages].map(String), {
    timeoutMs: 120_000,
  });
  await child.stop();
  const run = child.ready as Run;
  if (run.accepted !== messages)
    throw new Error(`${run.accepted} of ${messages} were accepted: this speed does not count.`);
  return run;
}
