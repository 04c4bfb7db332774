import { expect } from 'vitest';
import { converse, incident, mailsTo } from '../support.ts';
import { atMessage } from './at-message.ts';

incident(
  '421 after the dot is a known refusal that ends the session, also if the server talks on',
  async (segments) => {
    const { work, end, peer } = await converse(
      { segments, manner: atMessage(1, '421 4.3.2 shutting down') },
      mailsTo('a@x.test', 'b@x.test'),
    );
    expect(work.results).toMatchObject([
      { disposition: 'refused', command: 'DOT', scope: 'session', permanence: 'transient' },
      { disposition: 'abandoned', reply: { code: 421 } },
    ]);
    expect(end).toMatchObject({ reason: 'refused', failure: { command: 'DOT' } });
    expect(peer.messages).toHaveLength(0);
  },
);
