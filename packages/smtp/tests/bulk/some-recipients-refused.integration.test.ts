import { expect } from 'vitest';
import { converse, incident, ListWork, mailTo, names } from '../support.ts';

incident(
  'refused recipients are settled before the content is sent, the others take the verdict of the dot',
  async (segments) => {
    const linesAtSettle: number[] = [];
    let dots = () => 0;
    class Watching extends ListWork {
      override settle(...args: Parameters<ListWork['settle']>) {
        super.settle(...args);
        linesAtSettle.push(dots());
      }
    }
    const work = new Watching([mailTo(...names(4))]);
    let seen = 0;
    dots = () => seen;
    await converse(
      {
        segments,
        manner: (event) => {
          if (event.kind === 'message') seen += 1;
          if (event.line.includes('r2@')) return '550 5.1.1 unknown user';
          if (event.line.includes('r3@')) return '450 4.2.0 greylisted';
          return undefined;
        },
      },
      work,
    );
    expect(work.log.map(({ result }) => result.isFinal)).toEqual([false, true]);
    expect(linesAtSettle).toEqual([0, 1]);
    expect(work.log[0]?.result.recipients).toMatchObject([
      { recipient: 'r2@x.test', disposition: 'refused', permanence: 'permanent', index: 1 },
      // Any 4yz after an acceptance may mean "not in this transaction".
      { recipient: 'r3@x.test', disposition: 'carried-over', permanence: 'transient', index: 2 },
    ]);
    expect(work.log[1]?.result.recipients).toMatchObject([
      { recipient: 'r1@x.test', disposition: 'accepted', command: 'DOT' },
      { recipient: 'r4@x.test', disposition: 'accepted', command: 'DOT' },
    ]);
  },
);
