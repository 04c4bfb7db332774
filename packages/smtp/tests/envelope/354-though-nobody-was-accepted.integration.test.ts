import { expect } from 'vitest';
import { converse, incident, isNth, mailsTo } from '../support.ts';

incident(
  '354 though nobody was accepted: a lone dot, whose verdict means nothing',
  async (segments) => {
    for (const verdict of ['250 2.0.0 taken', '554 5.5.1 no recipients']) {
      const { work, peer } = await converse(
        {
          segments,
          manner: (event) => {
            if (event.line.includes('dead')) return '550 5.1.1 no';
            if (isNth(event, 'DATA')) return '354 go on then';
            if (event.kind === 'message' && event.content.length === 0) return verdict;
          },
        },
        mailsTo('dead@x.test', 'b@x.test'),
      );
      expect(work.summary).toEqual(['dead@x.test refused', 'b@x.test accepted']);
      expect(peer.lines).not.toContain('RSET');
      expect(peer.messages.at(-1)?.recipients).toEqual(['b@x.test']);
    }
  },
);
