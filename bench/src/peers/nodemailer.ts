/** Runs nodemailer's pool in a process of its own: what a Node user would write. */
import { fileURLToPath } from 'node:url';
import { startChild } from '@hikyaku/testkit/child-process';

const ENTRY = fileURLToPath(new URL('./nodemailer-main.ts', import.meta.url));

/** Messages per second. `round` keeps the addresses of rounds apart. */
export async function runNodemailer(
  port: number,
  { sessions, messages, round }: { sessions: number; messages: number; round: number },
): Promise<number> {
  const child = await startChild(ENTRY, [port, sessions, messages, round].map(String), {
    timeoutMs: 300_000,
  });
  await child.stop();
  const { accepted, seconds } = child.ready as { accepted: number; seconds: number };
  if (accepted !== messages)
    throw new Error(
      `nodemailer: ${accepted} of ${messages} were accepted: this speed does not count.`,
    );
  return accepted / seconds;
}
