/**
 * The forecast held against the simulated finish: real core, receivers that put off, windows over several days. What a forecast
 * knows is measured in another run, as it would be from past sending.
 */
import { createWindowClock, type ForecastInput, forecast, type Window } from '@hikyaku/campaigns';
import { expect, it } from 'vitest';
import { drain } from '../node/drain.ts';
import { Random } from '../random.ts';
import type { Manners } from '../receivers/manners.ts';
import { type RunResult, runPlan } from '../run.ts';
import { daily, plainPlan } from './scenario.ts';

const SEEDS = Number(process.env.FORECAST_SEEDS ?? 30);
const MORNING_MS = Date.UTC(2026, 10, 26, 0, 0);
const HOUR_MS = 3_600_000;

type Case = { count: number; manners: Partial<Manners>; windows: Window[]; sessions: number };

/** From minutes to days: slow receivers, few sessions, shares put off once or twice, and windows that may be too short. */
function draw(seed: number): Case {
  const random = new Random(seed).fork('forecast');
  const deferTries = random.between(1, 2);
  return {
    count: random.between(600, 2_400),
    sessions: random.between(1, 4),
    windows: random.chance(0.3)
      ? []
      : [daily('08:30', random.pick(['09:40', '12:00', '21:00']), 'Asia/Tokyo')],
    manners: {
      thinkMs: random.between(400, 4_000),
      ...(random.chance(0.25)
        ? { greylistMs: 240_000 }
        : { deferShare: random.between(0, 30) / 100, deferTries }),
    },
  };
}

function run(seed: number, { count, manners, windows, sessions }: Case): Promise<RunResult> {
  const plan = plainPlan(seed, {
    startMs: MORNING_MS,
    limitMs: MORNING_MS + 60 * 24 * HOUR_MS,
    tenants: [{ id: 't1', weight: 1, windows }],
    sites: [{ name: 'a.example', manners, profile: { sessionsMax: sessions } }],
    campaigns: [
      { domains: Array.from({ length: count }, () => 'a.example'), expiryMs: 20 * 24 * HOUR_MS },
    ],
  });
  return runPlan(plan, drain, { maxSteps: 50_000_000 });
}

/** What past sending tells: attempts a second while it went steadily, and the shares put off at each attempt. */
function measured({ world }: RunResult): Pick<ForecastInput, 'perSecond' | 'deferredShares'> {
  const rows = [...world.tables.deliveries.values()];
  const firsts = rows.flatMap(({ events }) => events[0]?.atMs ?? []).sort((a, b) => a - b);
  const [from, to] = [0.1, 0.9].map((share) => firsts[Math.floor(firsts.length * share)] as number);
  const between = rows.flatMap(({ events }) =>
    events.filter(({ atMs }) => atMs >= (from as number) && atMs < (to as number)),
  );
  const perSecond = (between.length * 1_000) / ((to as number) - (from as number));
  const deferredShares = [1, 2, 3].map((attempt) => {
    const tried = rows.flatMap(({ events }) => events[attempt - 1] ?? []);
    const deferred = tried.filter(({ disposition }) => disposition === 'deferred');
    return tried.length === 0 ? 0 : deferred.length / tried.length;
  });
  return { perSecond, deferredShares };
}

it(`is within 20 % of the simulated finish for nine seeds of ten, and its range holds as often`, async () => {
  const lines: string[] = [];
  let near = 0;
  let inRange = 0;
  for (let seed = 1; seed <= SEEDS; seed++) {
    const drawn = draw(seed);
    const past = await run(seed + 10_000, { ...drawn, count: 500, windows: [] });
    const result = await run(seed, drawn);
    expect(result.problem).toBeUndefined();
    const { finishMs, earliestMs, latestMs } = forecast({
      ...measured(past),
      ...{ untried: drawn.count, deferred: 0, basis: 'past', startMs: MORNING_MS },
      category: drawn.manners.greylistMs ? 'greylist' : 'other',
      clock: createWindowClock(drawn.windows),
    });
    const tookMs = lastAttemptMs(result) - MORNING_MS;
    const saidMs = (finishMs ?? 0) - MORNING_MS;
    const error = Math.abs(saidMs - tookMs) / tookMs;
    if (error <= 0.2) near += 1;
    const isIn = tookMs + MORNING_MS >= (earliestMs ?? 0) && tookMs + MORNING_MS <= (latestMs ?? 0);
    if (isIn) inRange += 1;
    lines.push(
      `${seed}: took ${hours(tookMs)}, said ${hours(saidMs)} (${hours((earliestMs ?? 0) - MORNING_MS)}–${hours((latestMs ?? 0) - MORNING_MS)}), off ${Math.round(error * 100)} % ${JSON.stringify({ ...drawn.manners, count: drawn.count, sessions: drawn.sessions, end: drawn.windows[0]?.end })}`,
    );
  }
  const report = `${near} of ${SEEDS} within 20 %, ${inRange} in range\n${lines.join('\n')}`;
  if (process.env.FORECAST_SEEDS) process.stdout.write(`${report}\n`);
  expect(near, report).toBeGreaterThanOrEqual(SEEDS * 0.9);
  expect(inRange, report).toBeGreaterThanOrEqual(SEEDS * 0.8);
}, 600_000);

function lastAttemptMs({ world }: RunResult): number {
  let last = 0;
  for (const { events } of world.tables.deliveries.values())
    for (const { atMs } of events) last = Math.max(last, atMs);
  return last;
}

const hours = (ms: number) => `${(ms / HOUR_MS).toFixed(2)} h`;
