import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { changeManners, mannersSchema, receiverConfigSchema } from './config.ts';

describe('config', () => {
  test('the demo has six destinations, and one of them takes every other domain', () => {
    const text = readFileSync(new URL('../config/demo.json', import.meta.url), 'utf8');
    const { destinations } = receiverConfigSchema.parse(JSON.parse(text));
    expect(destinations.map((d) => d.name)).toEqual([
      'docomo',
      'au',
      'softbank',
      'gmail',
      'town',
      'everyone-else',
    ]);
    expect(destinations.at(-1)?.domains).toEqual(['*']);
  });

  test('the demo takes three thousand recipients in no less than five minutes', () => {
    const text = readFileSync(new URL('../config/demo.json', import.meta.url), 'utf8');
    const { destinations } = receiverConfigSchema.parse(JSON.parse(text));
    const perSecond = destinations.reduce(
      (sum, d) => sum + (d.manners.acceptRatePerSecond ?? 0),
      0,
    );
    expect(3000 / perSecond).toBeGreaterThan(300);
  });

  test.each([
    [
      'a misspelt manner',
      { destinations: [{ name: 'a', domains: ['*'], manners: { latency: 5 } }] },
    ],
    [
      'a share above 1',
      { destinations: [{ name: 'a', domains: ['*'], manners: { deferShare: 2 } }] },
    ],
    [
      'a domain in two places',
      {
        destinations: [
          { name: 'a', domains: ['x.test'] },
          { name: 'b', domains: ['X.test'] },
        ],
      },
    ],
    [
      'a reply text with a bare line break',
      {
        destinations: [{ name: 'a', domains: ['*'], manners: { texts: { deferred: '451 a\nb' } } }],
      },
    ],
    ['no destination', { destinations: [] }],
  ])('%s is refused', (_what, config) => {
    expect(receiverConfigSchema.safeParse(config).success).toBe(false);
  });

  test('a change keeps the manners and texts that it does not name', () => {
    const before = mannersSchema.parse({ latencyMs: 5, texts: { overRate: '450 slow' } });
    const after = changeManners(before, { bounceShare: 1, texts: { unknownUser: '550 no' } });
    expect(after).toMatchObject({ latencyMs: 5, bounceShare: 1 });
    expect(after.texts).toMatchObject({ overRate: '450 slow', unknownUser: '550 no' });
  });
});
