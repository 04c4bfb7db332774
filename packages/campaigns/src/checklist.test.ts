import { describe, expect, it } from 'vitest';
import { CHECKLIST_CODES, type ChecklistFacts, checklist, mayLaunch } from './checklist.ts';
import { asksForOneClick } from './delivery-mode.ts';
import { exclusionsReconcile, summariseExclusions } from './exclusions.ts';
import { allDayWindow, defaultWindow } from './window.ts';

const good: ChecklistFacts = {
  nowMs: Date.parse('2026-11-24T03:00Z'),
  exclusions: summariseExclusions(1000, { duplicate: 10, 'suppressed-unsubscribed': 5 }),
  from: { address: 'news@shop.example', domain: 'shop.example', displayName: '店', isProven: true },
  template: {
    subject: 'こんにちは',
    errors: [],
    undefinedFields: [],
    recipientFields: ['name'],
    hasText: true,
    hasUnsubscribeLink: true,
  },
  mode: 'one_to_one',
  recipientsAskingForOneClick: 300,
  messageBytes: 20_000,
  copies: 985,
  windows: [defaultWindow('Asia/Tokyo')],
  schedule: 'now',
};
const problems = (change: Partial<ChecklistFacts>) =>
  checklist({ ...good, ...change })
    .filter((item) => item.level !== 'ok')
    .map((item) => `${item.level} ${item.code}`);

describe('checklist', () => {
  it('a good campaign may be launched', () => {
    const items = checklist(good);
    expect(items.every((item) => item.level === 'ok')).toBe(true);
    expect(mayLaunch(items)).toBe(true);
    expect(items[0]).toEqual({
      code: 'recipients',
      level: 'ok',
      params: { recipients: 985, excluded: 15, membersTotal: 1000 },
    });
  });

  it.each([
    ['an empty list', { exclusions: summariseExclusions(0, {}) }, 'list-empty'],
    ['nobody left', { exclusions: summariseExclusions(3, { invalid: 3 }) }, 'no-recipients'],
    ['no From', { from: null }, 'from-missing'],
    ['a From of another', { from: { ...good.from, isProven: false } }, 'from-not-proven'],
    ['no template', { template: null }, 'template-missing'],
    [
      'a template that does not parse',
      { template: { ...good.template, errors: [{ message: 'x' }] } },
      'template-error',
    ],
    ['no subject', { template: { ...good.template, subject: ' ' } }, 'subject-empty'],
    ['an empty window', { windows: [{ ...defaultWindow('UTC'), end: '09:00' }] }, 'window-empty'],
    [
      'windows that never meet',
      { windows: [defaultWindow('UTC'), { ...allDayWindow('UTC'), start: '22:00' }] },
      'windows-never-open',
    ],
    ['a schedule in the past', { schedule: { atMs: 1 } }, 'in-the-past'],
    ['no schedule', { schedule: null }, 'schedule-missing'],
  ])('%s blocks', (_, change, code) => {
    const items = checklist({ ...good, ...(change as Partial<ChecklistFacts>) });
    expect(items.filter((item) => item.level === 'blocker').map((item) => item.code)).toEqual([
      code,
    ]);
    expect(mayLaunch(items)).toBe(false);
  });

  it('undefined fields, a missing text part and a large message warn and do not block', () => {
    const template = { ...good.template, undefinedFields: ['nam'], hasText: false } as never;
    expect(problems({ template })).toEqual([
      'warning fields-undefined',
      'warning text-part-missing',
    ]);
    expect(problems({ messageBytes: 100 * 1024 + 1 })).toEqual(['warning size-large']);
    expect(problems({ messageBytes: 3_500_000 })).toEqual([
      'warning size-large',
      'warning size-over-destination',
      'warning size-over-destination',
    ]);
  });

  it('says what a large message means for the list', () => {
    const size = checklist({ ...good, messageBytes: 200_000 }).find((i) => i.code === 'size-large');
    expect(size?.params).toMatchObject({ totalBytes: 200_000 * 985, recipients: 985 });
  });

  it('bulk is blocked by recipient fields, and names them', () => {
    const fields = { ...good.template, recipientFields: ['name', 'email'] } as never;
    const items = checklist({ ...good, mode: 'bulk', template: fields });
    expect(items.filter(({ level }) => level === 'blocker')).toEqual([
      { code: 'bulk-fields', level: 'blocker', params: { fields: 'name, email' } },
    ]);
    expect(mayLaunch(items)).toBe(false);
  });

  it('bulk without recipient fields goes, with a word about providers that ask for one click', () => {
    const template = { ...good.template, recipientFields: [] } as never;
    const bulk = { mode: 'bulk', template, copies: 10 } as const;
    expect(problems(bulk)).toEqual(['warning bulk-without-one-click']);
    expect(problems({ ...bulk, recipientsAskingForOneClick: 0 })).toEqual([]);
    const size = checklist({ ...good, ...bulk }).find(({ code }) => code === 'size');
    expect(size?.params).toMatchObject({ totalBytes: 200_000, recipients: 985 });
  });

  it('knows the domains where one click is asked for', () => {
    expect(['gmail.com', 'Outlook.com', 'yahoo.com'].every(asksForOneClick)).toBe(true);
    expect(['docomo.ne.jp', 'yahoo.co.jp', 'company.example'].some(asksForOneClick)).toBe(false);
  });

  it('sender information is looked at only where it is asked for', () => {
    expect(problems({ sender: { name: '', postalAddress: '' } })).toEqual([
      'warning sender-info-missing',
    ]);
    expect(problems({ sender: { name: '店', postalAddress: '東京' } })).toEqual([]);
  });

  it('every code is listed for the catalogues once', () => {
    expect(new Set(CHECKLIST_CODES).size).toBe(CHECKLIST_CODES.length);
  });
});

describe('exclusions', () => {
  it('recipients and exclusions add up to the list', () => {
    const sum = summariseExclusions(100, { invalid: 2, duplicate: 0, 'suppressed-complaint': 3 });
    expect(sum).toEqual({
      membersTotal: 100,
      excluded: 5,
      recipients: 95,
      byReason: { invalid: 2, 'suppressed-complaint': 3 },
    });
    expect(exclusionsReconcile(sum)).toBe(true);
    expect(exclusionsReconcile({ ...sum, recipients: 96 })).toBe(false);
  });
});
