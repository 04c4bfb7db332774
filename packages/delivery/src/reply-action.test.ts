import { describe, expect, it } from 'vitest';
import { type Failure, judge } from './failure-policy.ts';
import { actionOf, REPLY_ACTIONS } from './reply-action.ts';

const failure = (more: Partial<Failure>): Failure => ({
  phase: 'rcpt',
  code: 550,
  category: 'unclassified',
  scope: 'recipient',
  permanence: 'permanent',
  isRcptWritten: true,
  ...more,
});
const action = (more: Partial<Failure>) => actionOf(judge(failure(more)));

describe('actionOf', () => {
  it.each<[string, Partial<Failure>]>([
    ['none', { category: 'accepted', phase: 'dot', code: 250, permanence: 'transient' }],
    ['clean-candidate', { category: 'unknown-user' }],
    ['bounce', { category: 'unknown-user', phase: 'dot' }],
    ['retry', { category: 'unknown-user', code: 450, permanence: 'transient' }],
    ['bounce', { category: 'recipient-filter', phase: 'dot' }],
    ['count-full', { category: 'mailbox-full', code: 552 }],
    ['quarantine', { category: 'reputation' }],
    ['back-off', { category: 'reputation', code: 451, permanence: 'transient' }],
    ['list-unknown', { category: 'unknown', phase: 'dot', code: null, permanence: 'unknown' }],
    ['retry-later', { category: 'greylist', code: 451, permanence: 'transient' }],
    ['stop-campaign-at-site', { category: 'spam-content', phase: 'dot' }],
    ['lower-recipient-limit', { category: 'recipient-limit', permanence: 'transient' }],
    ['lower-rate', { category: 'source-rate', code: 421, permanence: 'transient' }],
    ['lower-session-limit', { category: 'session-limit', code: 421, permanence: 'transient' }],
    ['alarm-tenant', { category: 'auth', phase: 'dot' }],
    [
      'retry-site',
      {
        category: 'network',
        phase: 'dns',
        code: null,
        permanence: 'transient',
        isRcptWritten: false,
      },
    ],
  ])('%s upon %o', (word, more) => {
    expect(action(more)).toBe(word);
    expect(REPLY_ACTIONS).toContain(word);
  });
});
