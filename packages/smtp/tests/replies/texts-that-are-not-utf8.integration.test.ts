import { expect } from 'vitest';
import { converse, incident, mailsTo } from '../support.ts';

incident(
  'Shift_JIS, ISO-2022-JP and Latin-1 texts are decoded and never throw',
  async (segments) => {
    const texts = [
      Buffer.from([0x94, 0x7a, 0x91, 0x97]), // 配送 in Shift_JIS
      Buffer.from('\x1b$BG[Aw\x1b(B', 'latin1'), // 配送 in ISO-2022-JP
      Buffer.from([0x72, 0xfd, 0xff]),
      Buffer.from([0x61, 0x00, 0x07, 0x62]),
    ];
    const { work } = await converse(
      {
        segments,
        manner: (event) =>
          event.verb === 'RCPT'
            ? Buffer.concat([
                Buffer.from('550 '),
                texts[event.nth - 1] as Buffer,
                Buffer.from('\r\n'),
              ])
            : undefined,
      },
      mailsTo('a@x.test', 'b@x.test', 'c@x.test', 'd@x.test'),
    );
    expect(work.results.map(({ reply }) => reply?.text)).toEqual(['配送', '配送', 'rýÿ', 'a  b']);
  },
);
