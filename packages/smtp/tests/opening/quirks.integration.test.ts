import { expect } from 'vitest';
import { converse, incident, mailsTo, mailTo } from '../support.ts';

incident(
  'quirks: HELO only, no pipelining, extensions off, explicit RSET, quoted local parts',
  async (segments) => {
    const helo = await converse({ segments }, mailsTo('a@x.test'), {
      quirks: { isHeloOnly: true },
    });
    expect(helo.peer.lines[0]).toBe('HELO client.test');
    const slow = await converse({ segments }, mailsTo('a@x.test', 'b@x.test'), {
      quirks: { isPipeliningOff: true },
    });
    expect(slow.peer.flights).toBe(1 + 2 * 4 + 1);
    const plain = await converse({ segments }, [{ ...mailTo('a@x.test'), sizeBytes: 10 }], {
      quirks: { extensionsOff: ['SIZE', 'PIPELINING'] },
    });
    expect(plain.peer.lines).toContain('MAIL FROM:<from@sender.test>');
    const reset = await converse({ segments }, mailsTo('a@x.test', 'b@x.test'), {
      quirks: { isExplicitRset: true },
    });
    expect(reset.peer.lines.filter((line) => line === 'RSET')).toHaveLength(1);
    expect(reset.peer.flights).toBe(4);
    const quoted = await converse({ segments }, mailsTo('a..b@x.test', 'c.@x.test', 'd@x.test'), {
      quirks: { isLocalPartQuoted: true },
    });
    expect(quoted.peer.lines.filter((line) => line.startsWith('RCPT'))).toEqual([
      'RCPT TO:<"a..b"@x.test>',
      'RCPT TO:<"c."@x.test>',
      'RCPT TO:<d@x.test>',
    ]);
    const bare = await converse({ segments }, mailsTo('a..b@x.test'));
    expect(bare.peer.lines).toContain('RCPT TO:<a..b@x.test>');
  },
);
