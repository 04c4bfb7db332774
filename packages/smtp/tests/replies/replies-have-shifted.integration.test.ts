import { expect } from 'vitest';
import { converse, incident, mailsTo, type PeerEvent } from '../support.ts';

incident(
  '354 to RCPT, 250 to DATA or 221 to MAIL mean that replies have shifted: nothing is completed',
  async (segments) => {
    const shifted: ((event: PeerEvent) => string | undefined)[] = [
      (event) => (event.verb === 'RCPT' ? '354 go ahead' : undefined),
      (event) => (event.verb === 'DATA' ? '250 ok' : undefined),
      (event) => (event.verb === 'MAIL' ? '221 bye' : undefined),
    ];
    for (const manner of shifted) {
      const { work, end, peer } = await converse({ segments, manner }, mailsTo('a@x.test'));
      expect(work.results).toMatchObject([{ disposition: 'refused', permanence: 'transient' }]);
      expect(end).toMatchObject({ reason: 'protocol', isPipeliningSuspect: true });
      expect(peer.messages).toHaveLength(0);
      expect(peer.lines).not.toContain('.');
    }
  },
);
