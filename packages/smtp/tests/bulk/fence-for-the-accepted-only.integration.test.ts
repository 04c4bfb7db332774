import { expect } from 'vitest';
import type { Transaction } from '../../src/index.ts';
import { converse, incident, ListWork, mailTo, names } from '../support.ts';

incident(
  'the fence is asked for the accepted only, after the replies to RCPT',
  async (segments) => {
    const asked: (readonly number[])[] = [];
    class Fencing extends ListWork {
      override fence(_: Transaction, accepted: readonly number[]) {
        asked.push(accepted);
        return true;
      }
    }
    await converse(
      { segments, manner: (event) => (event.line.includes('r2@') ? '550 5.1.1 no' : undefined) },
      new Fencing([mailTo(...names(4)), mailTo('r2@x.test', 'r2@y.test'), mailTo('r1@x.test')]),
    );
    // Nobody was accepted in the second, so it is not fenced; with one recipient it is asked on trust.
    expect(asked).toEqual([[0, 2, 3], [0]]);
  },
);
