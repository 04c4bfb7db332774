/**
 * The peer: nodemailer's pool as a Node user would write it, in a process of its own. Arguments: port, connections, count,
 * round. Prints one JSON line with the seconds from the first send to the last reply.
 */
import { createTransport } from 'nodemailer';
import { fill, HTML, SUBJECT, TEXT } from '../content.ts';

const [port, connections, count, round] = process.argv.slice(2).map(Number) as [
  number,
  number,
  number,
  number,
];
const transport = createTransport({
  pool: true,
  host: '127.0.0.1',
  port,
  secure: false,
  ignoreTLS: true,
  maxConnections: connections,
  maxMessages: Number.POSITIVE_INFINITY,
});

let next = 0;
let accepted = 0;
// Twice as many callers as connections keep the pool busy without a queue of everything.
const caller = async () => {
  for (let i = next++; i < count; i = next++) {
    const fields = { name: `Person ${i}`, points: String(i % 5_000) };
    await transport.sendMail({
      from: 'News <news@sakura.example>',
      to: `n${round}-${i}@bench.example`,
      subject: fill(SUBJECT, fields),
      text: fill(TEXT, fields),
      html: fill(HTML, fields),
    });
    accepted += 1;
  }
};
const startedMs = performance.now();
await Promise.all(Array.from({ length: connections * 2 }, caller));
const seconds = (performance.now() - startedMs) / 1_000;
transport.close();
process.stdout.write(`${JSON.stringify({ ready: true, accepted, seconds })}\n`);
