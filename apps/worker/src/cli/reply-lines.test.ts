import { describe, expect, it } from 'vitest';
import { answerLine, answerLines } from './reply-lines.ts';

const line = (more: object) =>
  JSON.stringify({
    site: 'docomo.ne.jp',
    phase: 'rcpt',
    command: 'RCPT',
    code: 550,
    enhanced: null,
    text: 'Unknown user x@docomo.ne.jp',
    ...more,
  });

async function answersTo(...chunks: string[]) {
  async function* source() {
    yield* chunks;
  }
  const refused: number[] = [];
  let out = '';
  for await (const batch of answerLines(source(), (number) => refused.push(number))) out += batch;
  const lines = out.split('\n');
  expect(lines.pop()).toBe('');
  return { answers: lines.map((text) => JSON.parse(text)), refused };
}

describe('answerLines', () => {
  it('answers one line a line, in order, however the input is cut', async () => {
    const input = `${line({})}\n${line({ phase: 'dot' })}\n${line({ code: 250, text: 'ok' })}`;
    const expected = [
      { category: 'unknown-user', rule: 'docomo-unknown-user', action: 'clean-candidate' },
      { category: 'recipient-filter', rule: 'docomo-dot-filter', action: 'bounce' },
      { category: 'accepted', rule: 'basic-accepted', action: 'none' },
    ];
    expect((await answersTo(input)).answers).toEqual(expected);
    expect((await answersTo(...input)).answers).toEqual(expected);
    expect((await answersTo(`${input}\n`)).answers).toEqual(expected);
  });

  it('gives a bad line an error on its place and goes on', async () => {
    const { answers, refused } = await answersTo(`${line({})}\nrubbish\n\n${line({})}\n`);
    expect(answers.map((answer) => Object.keys(answer)[0])).toEqual([
      'category',
      'error',
      'error',
      'category',
    ]);
    expect(answers[1]).toEqual({ error: 'Line 2: no JSON.', line: 2 });
    expect(refused).toEqual([2, 3]);
  });

  it('refuses a line without an end once, and keeps none of it', async () => {
    const long = 'x'.repeat(600_000);
    const { answers, refused } = await answersTo(long, long, long, `\n${line({})}\n`);
    expect(answers).toHaveLength(2);
    expect(answers[1].category).toBe('unknown-user');
    expect(refused).toEqual([1]);
  });
});

describe('answerLine', () => {
  it.each([
    ['phase', { phase: 'content' }],
    ['code', { code: '550' }],
    ['code', { code: 42 }],
    ['text', { text: undefined }],
    ['site', { site: '' }],
    ['own', { own: 'a' }],
  ])('names the field that is wrong: %s', (field, more) => {
    expect(answerLine(line(more), 7)).toMatchObject({
      error: expect.stringMatching(new RegExp(`^Line 7: ${field}`)),
    });
  });

  it('uses the MX host and our own names where they are given', () => {
    const facts = { site: 'example.com', text: 'Access denied', enhanced: '5.4.1' };
    const byMx = answerLine(line({ ...facts, mx: 'x.mail.protection.outlook.com' }), 1);
    expect(byMx).toMatchObject({ category: 'unknown-user', rule: 'outlook-recipient-blocked' });
    const ours = { site: 'example.com', text: 'not from 192.0.2.1', own: ['192.0.2.1'] };
    expect(answerLine(line(ours), 1)).toMatchObject({
      category: 'reputation',
      action: 'quarantine',
    });
  });

  it('a reply lost after the dot is listed and never sent again', () => {
    expect(answerLine(line({ phase: 'dot', code: null, text: '' }), 1)).toMatchObject({
      category: 'unknown',
      action: 'list-unknown',
    });
  });
});
