/**
 * `npm run replies -- classify`: JSON lines of replies on standard input, `{category, rule, action}` a line on standard
 * output. Exit code 1 if a line was refused, 2 if the question was a wrong one. Touches neither database nor network.
 */
import { pipeline } from 'node:stream/promises';
import { answerLines } from './reply-lines.ts';

const USAGE = `npm run -s replies -- classify < replies.jsonl
  A line: {"site","phase","command","code","enhanced","text"}, and where known "mx" and "own" (our addresses and names).
  phase: greeting, ehlo, starttls, mail, rcpt, data, dot. code: null when there was no reply.
`;

const [command, ...more] = process.argv.slice(2);
if (command !== 'classify' || more.length > 0) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else await classifyInput();

async function classifyInput(): Promise<void> {
  process.stdin.setEncoding('utf8');
  const refused = (): void => {
    process.exitCode = 1;
  };
  try {
    await pipeline(
      process.stdin,
      (chunks: AsyncIterable<string>) => answerLines(chunks, refused),
      process.stdout,
    );
  } catch (error) {
    // Whoever read the answers has read enough.
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  }
}
