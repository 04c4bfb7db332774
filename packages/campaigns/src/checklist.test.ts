import { describe, expect, it } from 'vitest';
import { CHECKLIST_CODES, type ChecklistFacts, checklist, mayLaunch } from './checklist.ts';
import { asksForOneClick } from './delivery-mode.ts';
import { exclusionsReconcile, summariseExclusions } from './exclusions.ts';
import { allDayWindow, defaultWindow, type Window } from './window.ts';

/** The campaign's and the tenant's window; the installation is always open. */
function windowsOf(campaign: Window, tenant = allDayWindow('UTC')) {
  const level = (window: Window) => ({ window, groupWindows: {} as Record<string, Window> });
  const levels = { installation: level(allDayWindow('UTC')), tenant: level(tenant) };
  return { levels: { ...levels, campaign: level(campaign) }, groupKeys: ['mobile', 'other'] };
}

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
  windows: windowsOf(defaultWindow('Asia/Tokyo')),
  schedule: 'now',
  expiresAtMs: null,
};
/** After the moment at which it is looked at: noon in Tokyo. */
function hours(count: number): number {
  return good.nowMs + count * 3_600_000;
}
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
    [
      'an empty window',
      { windows: windowsOf({ ...defaultWindow('UTC'), end: '09:00' }) },
      'window-empty',
    ],
    [
      'windows that never meet',
      { windows: windowsOf(defaultWindow('UTC'), { ...allDayWindow('UTC'), start: '22:00' }) },
      'windows-never-open',
    ],
    [
      'windows that meet for a minute',
      { windows: windowsOf(defaultWindow('UTC'), { ...allDayWindow('UTC'), start: '20:59' }) },
      'windows-too-short',
    ],
    [
      'a zone that does not exist',
      { windows: windowsOf({ ...defaultWindow('UTC'), zone: 'Asia/Edo' }) },
      'zone-unknown',
    ],
    [
      'an expiry before the start',
      { schedule: { atMs: hours(2) }, expiresAtMs: hours(1) },
      'expires-before-start',
    ],
    ['an expiry at the start', { expiresAtMs: hours(0) }, 'expires-before-start'],
    [
      'an expiry before the window opens',
      { schedule: { atMs: hours(10) }, expiresAtMs: hours(20) },
      'expires-before-open',
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

  it('an expiry that leaves time to send is said', () => {
    const items = checklist({ ...good, expiresAtMs: hours(1) });
    expect(items.at(-1)).toEqual({ code: 'expires', level: 'ok', params: { atMs: hours(1) } });
  });

  it('an expiry before one group opens warns of that group', () => {
    const windows = windowsOf(defaultWindow('Asia/Tokyo'));
    windows.levels.campaign.groupWindows = {
      mobile: { ...defaultWindow('Asia/Tokyo'), start: '20:00' },
    };
    expect(problems({ windows, expiresAtMs: hours(1) })).toEqual(['warning expires-before-group']);
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
