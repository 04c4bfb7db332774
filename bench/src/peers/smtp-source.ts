/** Runs Postfix's load generator on kept sessions (-d): a C program without a log, near the limit of the machine. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

const PATH = ['/usr/sbin/smtp-source', '/usr/libexec/postfix/smtp-source'].find((path) =>
  existsSync(path),
);

/** Messages per second; null where Postfix is not installed. */
export async function runSmtpSource(
  port: number,
  run: { sessions: number; messages: number; sizeBytes: number },
): Promise<number | null> {
  if (!PATH) return null;
  const args = ['-d', '-s', run.sessions, '-m', run.messages, '-l', run.sizeBytes];
  const envelope = ['-f', 'a@sakura.example', '-t', 'b@bench.example', `127.0.0.1:${port}`];
  const startedMs = performance.now();
  await promisify(execFile)(PATH, [...args.map(String), ...envelope], { timeout: 300_000 });
  return run.messages / ((performance.now() - startedMs) / 1_000);
}

export const NO_SMTP_SOURCE = 'smtp-source is not here (Debian package postfix)';
