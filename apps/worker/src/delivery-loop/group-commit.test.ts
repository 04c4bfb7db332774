import { describe, expect, test } from 'vitest';
import { createGroupCommit, type GroupCommit } from './group-commit.ts';

/** A database that answers when it is told to. */
function scripted() {
  const batches: { items: readonly number[]; answer(): void; fail(error: Error): void }[] = [];
  const commit = (items: readonly number[]) =>
    new Promise<number[]>((resolve, reject) => {
      batches.push({ items, answer: () => resolve(items.map((item) => item * 10)), fail: reject });
    });
  return { batches, commit };
}

/** The answer as a promise. */
const ask = (group: GroupCommit<number, number>, items: number[]) =>
  new Promise<readonly number[] | undefined>((resolve) => group.add(items, resolve));

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('group commit', () => {
  test('what is asked in one turn is one batch, and each gets its own answer', async () => {
    const { batches, commit } = scripted();
    const group = createGroupCommit<number, number>({
      commit,
      batchMax: 10,
      onError: () => 'give-up',
    });
    const answers = [1, 2, 3].map((item) => ask(group, [item]));
    await turn();
    expect(batches.map((batch) => batch.items)).toEqual([[1, 2, 3]]);
    batches[0]?.answer();
    expect(await Promise.all(answers)).toEqual([[10], [20], [30]]);
  });

  test('what comes meanwhile gathers for the next, and never are two under way', async () => {
    const { batches, commit } = scripted();
    const group = createGroupCommit<number, number>({
      commit,
      batchMax: 10,
      onError: () => 'give-up',
    });
    const first = ask(group, [1]);
    await turn();
    const rest = [2, 3].map((item) => ask(group, [item]));
    await turn();
    expect(batches).toHaveLength(1);
    expect(group.pending).toBe(3);
    batches[0]?.answer();
    await first;
    await turn();
    expect(batches[1]?.items).toEqual([2, 3]);
    batches[1]?.answer();
    await Promise.all(rest);
    await group.soFar();
    expect(group.pending).toBe(0);
  });

  test('a batch is never larger than its limit, and nothing is left over or reordered', async () => {
    const seen: (readonly number[])[] = [];
    const group = createGroupCommit<number, number>({
      batchMax: 3,
      onError: () => 'give-up',
      commit: async (items) => {
        seen.push(items);
        return items;
      },
    });
    const all = Array.from({ length: 10 }, (_, i) => i);
    expect(await Promise.all(all.map((item) => ask(group, [item])))).toEqual(
      all.map((item) => [item]),
    );
    expect(seen.flat()).toEqual(all);
    expect(Math.max(...seen.map((items) => items.length))).toBe(3);
  });

  test('what is asked together is not parted, and is answered together and in order', async () => {
    const { batches, commit } = scripted();
    const group = createGroupCommit<number, number>({
      commit,
      batchMax: 4,
      onError: () => 'give-up',
    });
    const answers = [[1, 2, 3], [], [4, 5, 6], [7]].map((items) => ask(group, items));
    await turn();
    expect(group.pending).toBe(7);
    batches[0]?.answer();
    await turn();
    batches[1]?.answer();
    expect(batches.map((batch) => batch.items)).toEqual([[1, 2, 3, 4, 5, 6], [7]]);
    expect(await Promise.all(answers)).toEqual([[10, 20, 30], [], [40, 50, 60], [70]]);
    expect(group.pending).toBe(0);
  });

  test('a failure that is given up says so to its batch alone; the next one is tried', async () => {
    const { batches, commit } = scripted();
    const group = createGroupCommit<number, number>({
      commit,
      batchMax: 1,
      onError: () => 'give-up',
    });
    const [first, second] = [ask(group, [1]), ask(group, [2])];
    await turn();
    batches[0]?.fail(new Error('down'));
    expect(await first).toBe(undefined);
    await turn();
    batches[1]?.answer();
    expect(await second).toEqual([20]);
  });

  test('a failure that is retried keeps order and items until the database has them', async () => {
    let failures = 3;
    const seen: (readonly number[])[] = [];
    const group = createGroupCommit<number, number>({
      batchMax: 10,
      retryMs: 1,
      onError: () => 'retry',
      commit: async (items) => {
        seen.push(items);
        if (failures-- > 0) throw new Error('down');
        return items;
      },
    });
    const answers = [1, 2].map((item) => ask(group, [item]));
    await turn();
    answers.push(ask(group, [3]));
    expect(await Promise.all(answers)).toEqual([[1], [2], [3]]);
    expect(seen).toEqual([[1, 2], [1, 2], [1, 2], [1, 2], [3]]);
  });

  test('so far: waits for what was added before, not for what comes behind, and for nothing where nothing is', async () => {
    const { batches, commit } = scripted();
    const group = createGroupCommit<number, number>({
      commit,
      batchMax: 10,
      onError: () => 'give-up',
    });
    await group.soFar();
    const first = ask(group, [1]);
    let isOver = false;
    const soFar = group.soFar().then(() => {
      isOver = true;
    });
    await turn();
    const second = ask(group, [2]);
    await turn();
    expect(isOver).toBe(false);
    batches[0]?.answer();
    await Promise.all([first, soFar]);
    expect(group.pending).toBe(1);
    batches[1]?.answer();
    await Promise.all([second, group.soFar()]);
  });

  test('adding from the answer of another is taken, not lost', async () => {
    const group = createGroupCommit<number, number>({
      batchMax: 10,
      onError: () => 'give-up',
      commit: async (items) => items,
    });
    const chain = async (left: number): Promise<number> => {
      if (left === 0) return 0;
      await ask(group, [left]);
      return 1 + (await chain(left - 1));
    };
    expect(await Promise.all(Array.from({ length: 20 }, () => chain(50)))).toEqual(
      Array(20).fill(50),
    );
  });
});
