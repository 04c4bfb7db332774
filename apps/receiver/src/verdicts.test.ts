import { describe, expect, test } from 'vitest';
import { mannersSchema } from './config.ts';
import { Verdicts } from './verdicts.ts';

const plain = mannersSchema.parse({});

describe('recipientRefusal', () => {
  test('a source whose mail is taken for spam hears that nobody exists, and another is served', () => {
    const verdicts = new Verdicts(['*']);
    const manners = { ...plain, refusedSources: ['127.0.0.2'] };
    expect(verdicts.recipientRefusal('a@a.test', manners, '127.0.0.2')).toMatch(/^550 5\.1\.1/);
    expect(verdicts.recipientRefusal('a@a.test', manners, '127.0.0.1')).toBeNull();
  });

  test.each([
    ['unknown-1@a.test', '550 5.1.1'],
    ['Unknown-1@a.test', '550 5.1.1'],
    ['"unknown-a..b"@a.test', '550 5.1.1'],
    ['full-1@a.test', '452 4.2.2'],
    ['blocked-1@a.test', '550 5.7.1'],
    ['defer-1@a.test', '451 4.3.0'],
  ])('%s is refused with %s each time', (address, code) => {
    const verdicts = new Verdicts(['*']);
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      expect(verdicts.recipientRefusal(address, plain)).toMatch(new RegExp(`^${code}`));
    }
  });

  test.each(['user@a.test', 'unknown@a.test', 'my-unknown-1@a.test', 'stall-1@a.test'])(
    '%s is let through at RCPT',
    (address) => {
      expect(new Verdicts(['*']).recipientRefusal(address, plain)).toBeNull();
    },
  );

  test('tempfail-once is deferred once for each address', () => {
    const verdicts = new Verdicts(['*']);
    expect(verdicts.recipientRefusal('tempfail-once-1@a.test', plain)).toMatch(/^451/);
    expect(verdicts.recipientRefusal('tempfail-once-2@a.test', plain)).toMatch(/^451/);
    expect(verdicts.recipientRefusal('tempfail-once-1@a.test', plain)).toBeNull();
  });

  test('a domain that lives elsewhere is refused: the route was wrong', () => {
    const verdicts = new Verdicts(['docomo.example']);
    expect(verdicts.recipientRefusal('a@DOCOMO.example', plain)).toBeNull();
    expect(verdicts.recipientRefusal('a@au.example', plain)).toMatch(/^554 5\.7\.1/);
  });

  test('with first attempts only, the second attempt is let through', () => {
    const manners = mannersSchema.parse({ deferShare: 1, deferFirstAttemptOnly: true });
    const verdicts = new Verdicts(['*']);
    expect(verdicts.recipientRefusal('a@a.test', manners)).toMatch(/^451/);
    expect(verdicts.recipientRefusal('a@a.test', manners)).toBeNull();
  });

  test('the carrier words its refusal itself', () => {
    const manners = mannersSchema.parse({
      texts: { unknownUser: '550 Unknown user {local}' },
    });
    expect(new Verdicts(['*']).recipientRefusal('unknown-$&@a.test', manners)).toBe(
      '550 Unknown user unknown-$&',
    );
  });
});

describe('dotVerdict', () => {
  test('dot550 beats stall beats drop-after-dot', () => {
    const verdicts = new Verdicts(['*']);
    const all = ['drop-after-dot-1@a.test', 'stall-1@a.test', 'dot550-1@a.test'];
    expect(verdicts.dotVerdict(all, plain).do).toBe('refuse');
    expect(verdicts.dotVerdict(all.slice(0, 2), plain).do).toBe('stall');
    expect(verdicts.dotVerdict(all.slice(0, 1), plain).do).toBe('drop');
  });

  test('drop-after-dot drops the first time only', () => {
    const verdicts = new Verdicts(['*']);
    const does = [1, 2, 3].map(() => verdicts.dotVerdict(['drop-after-dot-1@a.test'], plain).do);
    expect(does).toEqual(['drop', 'accept', 'accept']);
  });

  test('shares at the dot leave RCPT alone', () => {
    const manners = mannersSchema.parse({ bounceShare: 1, sharePhase: 'dot' });
    const verdicts = new Verdicts(['*']);
    expect(verdicts.recipientRefusal('a@a.test', manners)).toBeNull();
    expect(verdicts.dotVerdict(['a@a.test'], manners)).toEqual({
      do: 'refuse',
      reply: plain.texts.dotRefused,
    });
  });
});
