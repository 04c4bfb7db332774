/**
 * Our SMTP client alone, in a process of its own, without a log: fence and settle answer at once. Arguments: host, port,
 * sessions, messages (0: only open the sessions). Prints one JSON line: accepted, seconds, bytes of
 * memory per open session, octets of a message.
 */
import type { SessionWork, Transaction } from '@hikyaku/smtp';
import { connectSession, type SmtpSession } from '@hikyaku/smtp/node';
import { fill, HTML, SUBJECT, TEXT } from './content.ts';

const [host, ...numbers] = process.argv.slice(2) as [string, ...string[]];
const [port, sessions, messages] = numbers.map(Number) as [number, number, number];

const content = Buffer.from(
  `From: News <news@sakura.example>\r\nTo: p@bench.example\r\nSubject: ${fill(SUBJECT, { name: 'Person' })}\r\n` +
    `MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${fill(TEXT + HTML, { name: 'Person', points: '5' }).replaceAll('\n', '\r\n')}`,
);
let next = 0;
let accepted = 0;
const work: SessionWork = {
  next(): Transaction | 'quit' {
    if (next >= messages) return 'quit';
    const recipients = [`s${next++}@bench.example`];
    return {
      mailFrom: 'news@sakura.example',
      recipients,
      sizeBytes: content.length,
      content: () => content,
    };
  },
  fence: () => true,
  mayComplete: () => true,
  settle(_, result) {
    if (result.recipients[0]?.disposition === 'accepted') accepted += 1;
  },
};

global.gc?.();
const before = process.memoryUsage().rss;
const open: SmtpSession[] = [];
for (let i = 0; i < sessions; i++) {
  const result = await connectSession({
    host,
    port,
    ehloName: 'bench.example',
    tls: { mode: 'off' },
    idleMs: 120_000,
  });
  if (!result.ok) throw new Error(`session ${i}: ${result.failure.message}`);
  open.push(result.session);
}
global.gc?.();
const sessionBytes = Math.round((process.memoryUsage().rss - before) / sessions);
const startedMs = performance.now();
if (messages > 0) await Promise.all(open.map((session) => session.run(work)));
const seconds = (performance.now() - startedMs) / 1_000;
if (messages === 0) for (const session of open) session.destroy();
process.stdout.write(
  `${JSON.stringify({ ready: true, accepted, seconds, sessionBytes, contentBytes: content.length })}\n`,
);
