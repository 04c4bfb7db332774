import { describe, expect, it } from 'vitest';
import { costBulk, costOneToOne } from './content-cost.ts';

describe('what a content costs', () => {
  // The paper's own example: 100 KB to 10,000 addresses.
  const paper = { contentBytes: 100_000, destinations: [{ recipients: 10_000 }] };

  it('one by one, 100 KB to 10,000 addresses moves 1 GB', () => {
    const cost = costOneToOne(paper);
    expect(cost).toMatchObject({ recipients: 10_000, transactions: 10_000, roundTrips: 10_000 });
    expect(cost.bytes / 1e9).toBeCloseTo(1, 1);
  });

  it('a hundred to a transaction moves a hundredth of it', () => {
    const cost = costBulk(paper);
    expect(cost.transactions).toBe(100);
    expect(cost.bytes / 1e9).toBeCloseTo(0.01, 2);
  });

  it('each destination rounds up for itself and keeps its own cap', () => {
    const destinations = [{ recipients: 101 }, { recipients: 5, recipientsMax: 2 }];
    expect(costBulk({ contentBytes: 1, destinations }).transactions).toBe(2 + 3);
  });

  it('a transaction costs one round trip, however many it is for', () => {
    expect(costBulk(paper).roundTrips).toBe(100);
  });

  it('without pipelining every command is a round trip', () => {
    expect(costOneToOne({ ...paper, hasPipelining: false }).roundTrips).toBe(40_000);
    expect(costBulk({ ...paper, hasPipelining: false }).roundTrips).toBe(3 * 100 + 10_000);
  });

  it('the least time is the greater of waiting and of moving bytes', () => {
    const waiting = costOneToOne({ ...paper, roundTripMs: 20, sessions: 50 });
    expect(waiting.leastMs).toBe((10_000 * 20) / 50);
    const moving = costOneToOne({ ...paper, roundTripMs: 20, sessions: 50, bytesPerSecond: 1e6 });
    expect(moving.leastMs).toBeCloseTo(moving.bytes / 1000);
  });

  it('nobody costs nothing', () => {
    expect(costBulk({ contentBytes: 1000, destinations: [] })).toMatchObject({
      bytes: 0,
      transactions: 0,
      leastMs: 0,
    });
  });
});
