import type { PeerAnswer } from '@hikyaku/testkit/scripted-peer';
import { expect } from 'vitest';
import { converse, incident, mailsTo } from '../support.ts';
import { atMessage } from './at-message.ts';

const answers: Record<string, PeerAnswer> = {
  EOF: { after: 'close' },
  reset: { after: 'reset' },
  garbage: 'well, maybe',
  '221': '221 2.0.0 closing',
  '354': '354 go ahead',
  'part of a reply and EOF': { reply: Buffer.from('250 2.0.0 tak'), after: 'close' },
  silence: { after: 'silence' },
};

for (const [name, answer] of Object.entries(answers))
  incident(
    `${name} after the dot is unknown, and what stood behind it is given back`,
    async (segments) => {
      const { work, end } = await converse(
        { segments, manner: atMessage(2, answer) },
        mailsTo('a@x.test', 'b@x.test', 'c@x.test'),
        { timeouts: { dotMs: 300 } },
      );
      expect(work.summary).toEqual(['a@x.test accepted', 'b@x.test unknown', 'c@x.test abandoned']);
      expect(work.results[1]).toMatchObject({ command: 'DOT', permanence: 'unknown' });
      expect(end.reason).toMatch(/^(lost|protocol)$/);
    },
  );
