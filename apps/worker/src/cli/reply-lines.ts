/**
 * Replies as JSON lines in, answers as JSON lines out, in order, one a line. A line that is none of ours gets an error on its
 * own line and stops nobody. Memory does not grow with the input: a line without an end is refused when it is too long.
 */
import { actionOf, judge } from '@hikyaku/delivery';
import { classify } from '@hikyaku/replies';
import { z } from 'zod';

/** The answers to a stream of text, a batch at a time; `onRefused` is told of each line that got an error. */
export async function* answerLines(
  chunks: AsyncIterable<string>,
  onRefused: (lineNumber: number) => void,
): AsyncGenerator<string> {
  let rest = '';
  let number = 0;
  let isSkipping = false;
  const answer = (line: string): string => {
    number += 1;
    const answered = answerLine(line, number);
    if ('error' in answered) onRefused(number);
    return `${JSON.stringify(answered)}\n`;
  };
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    let out = '';
    for (const line of lines) {
      // The end of a line that was refused when it grew too long.
      if (isSkipping) isSkipping = false;
      else out += answer(line);
    }
    if (rest.length > LINE_MAX && !isSkipping) {
      isSkipping = true;
      out += answer(rest);
    }
    if (isSkipping) rest = '';
    if (out !== '') yield out;
  }
  if (rest !== '') yield answer(rest);
}

/** Category, deciding rule and action of one line, or what is wrong with it. */
export function answerLine(line: string, number: number): Answer | Refusal {
  if (line.length > LINE_MAX) return refusal(number, `longer than ${LINE_MAX} characters`);
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return refusal(number, 'no JSON');
  }
  const parsed = replySchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refusal(number, `${issue?.path.join('.') || 'the line'}: ${issue?.message ?? 'wrong'}`);
  }
  const reply = parsed.data;
  const { category, rule, scope, permanence } = classify(reply);
  const verdict = judge({
    phase: reply.phase,
    code: reply.code,
    category,
    scope,
    permanence,
    isRcptWritten: AFTER_RCPT.has(reply.phase),
  });
  return { category, rule, action: actionOf(verdict) };
}

function refusal(number: number, what: string): Refusal {
  return { error: `Line ${number}: ${what}.`, line: number };
}

const AFTER_RCPT: ReadonlySet<string> = new Set(['rcpt', 'data', 'dot']);
const LINE_MAX = 1_000_000;

const replySchema = z.object({
  site: z.string().min(1),
  phase: z.enum(['greeting', 'ehlo', 'starttls', 'mail', 'rcpt', 'data', 'dot']),
  command: z.string().nullish(),
  /** Null: there was no reply. */
  code: z.int().min(200).max(599).nullable(),
  enhanced: z.string().nullish(),
  text: z.string(),
  mx: z.string().nullish(),
  own: z.array(z.string()).optional(),
});

export type Answer = { category: string; rule: string; action: string };
export type Refusal = { error: string; line: number };
