/**
 * The SMTP client alone. Through a delay proxy with 20 ms round trip: one session against the bound of one message a
 * measured round trip, and against one nodemailer connection. On loopback: against Postfix's smtp-source with as many
 * sessions and as large a message. Memory of 1,000 open sessions. Peers alternate in one run; medians of three.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startChild } from '@hikyaku/testkit/child-process';
import { startDelayProxy } from '@hikyaku/testkit/delay-proxy';
import { median } from '../median.ts';
import { fastReceiver } from '../rig.ts';

export interface SmtpSpeed {
  rtt20: { perSecond: number; ofBound: number; vsNodemailer: number };
  loopback: { perSecond: number; vsSmtpSource: number | null };
  sessionBytes: number;
}

const CLIENT = fileURLToPath(new URL('../smtp-client-main.ts', import.meta.url));
const NODEMAILER = fileURLToPath(new URL('../nodemailer-main.ts', import.meta.url));
const SMTP_SOURCE = ['/usr/sbin/smtp-source', '/usr/libexec/postfix/smtp-source'].find((path) =>
  existsSync(path),
);
const ROUNDS = 3;
const SESSIONS = 50;
const MESSAGES = 40_000;

export async function smtp(_: unknown, say: (line: string) => void): Promise<SmtpSpeed> {
  const receiver = await fastReceiver();
  const port = Object.values(receiver.ports)[0] as number;
  try {
    const rtt20 = await throughDelay(port, say);
    const loopback = await onLoopback(port, say);
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
      const theirs = await runNodemailer(proxy.port, 1, 100, round);
      const rate = mine.accepted / mine.seconds;
      ours.push(rate);
      shares.push((rate * rttMs) / 1_000);
      ratios.push(rate / (theirs.accepted / theirs.seconds));
      say(
        `  round trip ${rttMs.toFixed(1)} ms: ${rate.toFixed(1)}/s, nodemailer ${(theirs.accepted / theirs.seconds).toFixed(1)}/s`,
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
  say: (line: string) => void,
): Promise<SmtpSpeed['loopback']> {
  const ours: number[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const mine = await runClient(port, SESSIONS, MESSAGES);
    ours.push(mine.accepted / mine.seconds);
    const source = SMTP_SOURCE && (await runSmtpSource(SMTP_SOURCE, port, mine.contentBytes));
    if (source) ratios.push((ours.at(-1) as number) / source);
    say(
      `  loopback: ${Math.round(ours.at(-1) as number)}/s, smtp-source ${source ? `${Math.round(source)}/s` : 'is not here (Debian package postfix)'}`,
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

async function runNodemailer(
  port: number,
  sessions: number,
  count: number,
  round: number,
): Promise<Run> {
  const child = await startChild(NODEMAILER, [port, sessions, count, `9${round}`].map(String), {
    timeoutMs: 120_000,
  });
  await child.stop();
  return child.ready as Run;
}

/** Messages per second of Postfix's load generator on kept sessions (-d). */
async function runSmtpSource(path: string, port: number, sizeBytes: number): Promise<number> {
  const args = [
    '-d',
    '-s',
    SESSIONS,
    '-m',
    MESSAGES,
    '-l',
    sizeBytes,
    '-f',
    'a@sakura.example',
    '-t',
    'b@bench.example',
    `127.0.0.1:${port}`,
  ];
  const startedMs = performance.now();
  await promisify(execFile)(path, args.map(String), { timeout: 120_000 });
  return MESSAGES / ((performance.now() - startedMs) / 1_000);
}

/** Median of ten NOOPs on a session of its own. */
async function measureRoundTrip(port: number): Promise<number> {
  const socket = connect({ host: '127.0.0.1', port });
  const reply = () => new Promise<void>((resolve) => socket.once('data', () => resolve()));
  await reply();
  const times: number[] = [];
  for (let i = 0; i < 10; i++) {
    const startedMs = performance.now();
    socket.write('NOOP\r\n');
    await reply();
    times.push(performance.now() - startedMs);
  }
  socket.destroy();
  return median(times);
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
