import { expect } from 'vitest';
import type { TranscriptEntry } from '../../src/index.ts';
import { connectSession } from '../../src/node/index.ts';
import { incident, optionsFor } from '../support.ts';
import { auth, authPeer, b64 } from './auth-peer.ts';

incident(
  'PLAIN is preferred, and neither it nor LOGIN shows its secret in the transcript',
  async (segments) => {
    for (const [extension, last] of [
      ['AUTH LOGIN PLAIN', `AUTH PLAIN ${b64('\0user\0pässword')}`],
      ['AUTH LOGIN', b64(auth.pass)],
    ] as const) {
      await using peer = await authPeer(segments, extension);
      const said: TranscriptEntry[] = [];
      const opened = await connectSession(
        optionsFor(peer.port, { auth, transcript: (entry) => said.push(entry) }),
      );
      expect(opened.ok).toBe(true);
      expect(peer.lines.at(-1)).toBe(last);
      const shown = said.map(({ text }) => text).join('\n');
      expect(shown).toContain('****');
      for (const secret of [b64(auth.pass), b64('\0user\0pässword'), auth.pass, b64(auth.user)])
        expect(shown).not.toContain(secret);
      if (opened.ok) await opened.session.close();
    }
  },
);
