import { expect } from 'vitest';
import {
  converse,
  incident,
  mailsTo,
  refusedOpening,
  requiredTls,
  startScriptedPeer,
} from '../support.ts';

incident(
  'TLS required and STARTTLS refused: no MAIL is said; opportunistic goes on in plaintext',
  async (segments) => {
    const options = {
      segments,
      hasStartTls: true,
      manner: (event: { verb: string }) =>
        event.verb === 'STARTTLS' ? '454 4.7.0 TLS not available' : undefined,
    };
    await using peer = await startScriptedPeer(options);
    expect(await refusedOpening(peer.port, { tls: requiredTls })).toMatchObject({
      reason: 'tls-required',
      reply: { code: 454 },
    });
    expect(peer.lines.some((line) => line.startsWith('MAIL'))).toBe(false);
    const { work } = await converse(options, mailsTo('a@x.test'), {
      tls: { mode: 'opportunistic' },
    });
    expect(work.summary).toEqual(['a@x.test accepted']);
  },
);
