import { expect } from 'vitest';
import { converse, incident, isNth, mailsTo } from '../support.ts';

incident(
  '500, 502 and 503 say that the conversation failed, and bounce nobody',
  async (segments) => {
    for (const code of ['500', '502', '503']) {
      const { work } = await converse(
        { segments, manner: (event) => (isNth(event, 'RCPT') ? `${code} what` : undefined) },
        mailsTo('a@x.test'),
      );
      expect(work.results).toMatchObject([
        { disposition: 'refused', scope: 'session', permanence: 'transient' },
      ]);
    }
  },
);
