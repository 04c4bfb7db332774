import { expect } from 'vitest';
import { converse, incident, mailTo } from '../support.ts';

incident(
  'what this server cannot take is refused before a byte of it is said',
  async (segments) => {
    const { work, peer } = await converse({ segments, extensions: ['SIZE 1000'] }, [
      { ...mailTo('big@x.test'), sizeBytes: 1001 },
      { ...mailTo('eight@x.test'), isEightBit: true },
      { ...mailTo('utf8@x.test'), isSmtpUtf8: true },
      mailTo('配送@x.test'),
      mailTo('a@x.test\r\nRCPT TO:<evil@x.test>'),
      mailTo('a@x.test> NOTIFY=NEVER'),
      mailTo('nowhere'),
      { ...mailTo('b@x.test'), mailFrom: 'a@b.test\nQUIT' },
      mailTo('good@x.test'),
    ]);
    expect(work.results.map(({ reason }) => reason)).toEqual([
      'too-big',
      'eight-bit-unsupported',
      'smtputf8-unsupported',
      'smtputf8-unsupported',
      'address-invalid',
      'address-invalid',
      'address-invalid',
      'address-invalid',
      undefined,
    ]);
    expect(work.results.slice(0, 8).every(({ permanence }) => permanence === 'permanent')).toBe(
      true,
    );
    expect(peer.lines.filter((line) => line.startsWith('MAIL'))).toHaveLength(1);
    expect(peer.messages).toHaveLength(1);
  },
);
