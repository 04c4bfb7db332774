import { describe, expect, it } from 'vitest';
import { badDomain, type Failure, judge, lostConnection } from './failure-policy.ts';

const refusal = (more: Partial<Failure>): Failure => ({
  phase: 'rcpt',
  code: 550,
  category: 'unknown-user',
  scope: 'recipient',
  permanence: 'permanent',
  isRcptWritten: true,
  ...more,
});

describe('the policy over failures', () => {
  it('550 unknown user at RCPT bounces, is for cleaning, and keeps the session', () => {
    expect(judge(refusal({}))).toEqual({
      disposition: 'bounced',
      retry: 'never',
      countsAttempt: true,
      record: 'delivery_event',
      endsSession: false,
      effects: ['clean-candidate'],
    });
  });

  it('the same 550 at the dot cleans nobody', () => {
    expect(judge(refusal({ phase: 'dot' })).effects).toEqual([]);
  });

  it('451 after the dot defers the recipient and keeps the session', () => {
    const facts = { phase: 'dot', code: 451, category: 'server-temporary', scope: 'site' } as const;
    expect(judge(refusal({ ...facts, permanence: 'transient' }))).toMatchObject({
      disposition: 'deferred',
      retry: 'backoff',
      endsSession: false,
    });
  });

  it.each([
    ['no reply', null, 'unknown'],
    ['garbage', null, 'network'],
    ['221', 221, 'unknown'],
  ])('%s after the dot is unknown, never retried, and ends the session', (_, code, category) => {
    const facts = { phase: 'dot', code, category, permanence: 'unknown' } as const;
    expect(judge(refusal(facts))).toMatchObject({
      disposition: 'unknown',
      retry: 'never',
      countsAttempt: true,
      endsSession: true,
    });
  });

  it('421 after the dot is a known refusal', () => {
    const facts = { phase: 'dot', code: 421, category: 'server-temporary' } as const;
    expect(judge(refusal({ ...facts, permanence: 'transient' }))).toMatchObject({
      disposition: 'deferred',
      endsSession: true,
      effects: ['lower-concurrency'],
    });
  });

  it.each(['dns', 'connect', 'greeting', 'ehlo', 'starttls'] as const)(
    'a failure at %s is the site’s: no attempt, one site event, even with a 554',
    (phase) => {
      const facts = { phase, code: 554, category: 'server-temporary', scope: 'site' } as const;
      expect(judge(refusal({ ...facts, isRcptWritten: false }))).toMatchObject({
        disposition: 'returned',
        retry: 'site',
        countsAttempt: false,
        record: 'site_event',
      });
    },
  );

  it('a domain with a null MX bounces without a connection', () => {
    expect(judge(badDomain())).toMatchObject({ disposition: 'bounced', record: 'delivery_event' });
  });

  it('connection lost in the content: deferred, since no dot was sent', () => {
    expect(judge(lostConnection('content', true))).toMatchObject({
      disposition: 'deferred',
      retry: 'backoff',
      endsSession: true,
    });
  });

  it('connection lost after the dot: unknown; at connect: the site’s', () => {
    expect(judge(lostConnection('dot', true)).disposition).toBe('unknown');
    expect(judge(lostConnection('connect', false))).toMatchObject({
      disposition: 'returned',
      effects: ['lower-concurrency'],
    });
  });

  it('over a limit of recipients or messages: goes first in the next one', () => {
    const facts = { code: 452, category: 'recipient-limit', permanence: 'transient' } as const;
    expect(judge(refusal(facts))).toMatchObject({
      disposition: 'deferred',
      retry: 'soon',
      endsSession: false,
      effects: ['lower-recipient-limit'],
    });
    const session = { code: 421, category: 'session-limit', permanence: 'transient' } as const;
    expect(judge(refusal(session))).toMatchObject({
      retry: 'soon',
      endsSession: true,
      effects: ['lower-session-limit'],
    });
  });

  it('a block’s 550 backs off and is quarantined; its 4yz only backs off', () => {
    const facts = { category: 'reputation', scope: 'site' } as const;
    expect(judge(refusal(facts))).toMatchObject({
      disposition: 'bounced',
      effects: ['back-off-site', 'quarantine'],
    });
    expect(judge(refusal({ ...facts, code: 451, permanence: 'transient' }))).toMatchObject({
      disposition: 'deferred',
      effects: ['back-off-site'],
    });
  });

  it('greylisting has its own delay', () => {
    const facts = { code: 451, category: 'greylist', permanence: 'transient' } as const;
    expect(judge(refusal(facts)).retry).toBe('greylist');
  });

  it('MAIL refused before any RCPT was written returns or bounces, by permanence', () => {
    const facts = { phase: 'mail', isRcptWritten: false, scope: 'message' } as const;
    const temporary = { code: 451, category: 'server-temporary', permanence: 'transient' } as const;
    expect(judge(refusal({ ...facts, ...temporary })).disposition).toBe('returned');
    const refused = { code: 550, category: 'sender-bad', permanence: 'permanent' } as const;
    expect(judge(refusal({ ...facts, ...refused }))).toMatchObject({
      disposition: 'bounced',
      effects: ['alarm-tenant'],
    });
  });

  it('an accepted recipient is accepted', () => {
    const facts = {
      phase: 'dot',
      code: 250,
      category: 'accepted',
      permanence: 'transient',
    } as const;
    expect(judge(refusal(facts))).toMatchObject({ disposition: 'accepted', endsSession: false });
  });
});
