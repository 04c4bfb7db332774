import { expect } from 'vitest';
import { converse, incident, mailTo, message } from '../support.ts';

incident(
  'content with a reply to the dot only when it is complete: sizes around the slices',
  async (segments) => {
    for (const size of [0, 1, 65_536, 262_144, 262_145, 2_000_000]) {
      const line = `${'y'.repeat(76)}\r\n`;
      const text = `Subject: x\r\n\r\n${line.repeat(Math.ceil(size / line.length))}`;
      const { work, peer } = await converse({ segments }, [
        { ...mailTo('a@x.test'), content: () => message(text) },
        mailTo('b@x.test'),
      ]);
      expect(work.summary).toEqual(['a@x.test accepted', 'b@x.test accepted']);
      expect(peer.messages[0]?.content.toString()).toBe(text);
      expect(work.log[0]?.result.bytes).toBe(text.length);
    }
  },
);
