import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDueHeap } from './due-heap.ts';

test('an empty heap has nothing due, ever', () => {
  const heap = createDueHeap();
  expect([heap.size, heap.nextMs]).toEqual([0, Number.POSITIVE_INFINITY]);
  expect(heap.take(Number.MAX_VALUE, 10)).toEqual([]);
});

test('whatever is pushed, taken and cleared, it gives what a sorted list gives', () => {
  const push = fc.record({
    do: fc.constant('push' as const),
    atMs: fc.integer({ min: 0, max: 50 }),
  });
  const take = fc.record({
    do: fc.constant('take' as const),
    nowMs: fc.integer({ min: -1, max: 51 }),
    max: fc.integer({ min: 0, max: 5 }),
  });
  const clear = fc.record({ do: fc.constant('clear' as const) });
  const steps = fc.array(
    fc.oneof(
      { weight: 6, arbitrary: push },
      { weight: 3, arbitrary: take },
      { weight: 1, arbitrary: clear },
    ),
    { maxLength: 200 },
  );
  fc.assert(
    fc.property(steps, (script) => {
      const heap = createDueHeap();
      let model: { id: string; atMs: number }[] = [];
      for (const [n, step] of script.entries()) {
        if (step.do === 'push') {
          heap.push(String(n), step.atMs);
          model.push({ id: String(n), atMs: step.atMs });
        } else if (step.do === 'clear') {
          heap.clear();
          model = [];
        } else {
          const taken = heap.take(step.nowMs, step.max);
          const timeOf = (id: string) => model.find((entry) => entry.id === id)?.atMs as number;
          const times = model.map((entry) => entry.atMs).sort((a, b) => a - b);
          const expected = times.filter((atMs) => atMs <= step.nowMs).slice(0, step.max);
          // Which of two that are due at once comes first is nobody's business.
          expect(taken.map(timeOf)).toEqual(expected);
          expect(new Set(taken).size).toBe(taken.length);
          model = model.filter((entry) => !taken.includes(entry.id));
        }
        expect(heap.size).toBe(model.length);
        expect(heap.nextMs).toBe(Math.min(...model.map((entry) => entry.atMs)));
      }
    }),
  );
});

test('a hundred thousand come out in order', () => {
  const heap = createDueHeap();
  for (let i = 0; i < 100_000; i++) heap.push(String(i), (i * 7_919) % 100_003);
  const order = heap
    .take(Number.MAX_SAFE_INTEGER, 100_000)
    .map((id) => (Number(id) * 7_919) % 100_003);
  expect(order.every((atMs, i) => i === 0 || atMs >= (order[i - 1] as number))).toBe(true);
  expect(heap.size).toBe(0);
});
