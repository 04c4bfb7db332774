import { expect } from 'vitest';
import { converse, incident, mailsTo, requiredTls } from '../support.ts';

incident('under TLS, EHLO is said again and messages cost n plus a constant', async (segments) => {
  const { work, peer } = await converse(
    { segments, hasStartTls: true },
    mailsTo('a@x.test', 'b@x.test', 'c@x.test'),
    { tls: requiredTls },
  );
  expect(work.summary).toHaveLength(3);
  expect(peer.messages).toHaveLength(3);
  expect(peer.lines.slice(0, 4)).toEqual([
    'EHLO client.test',
    'STARTTLS',
    'EHLO client.test',
    'MAIL FROM:<from@sender.test>',
  ]);
  expect(peer.flights).toBe(3 + 4);
});
