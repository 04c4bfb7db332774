/** A peer that offers AUTH and takes one pair of user and password. */
import type { Auth } from '../../src/node/index.ts';
import { type PeerEvent, type Segments, startScriptedPeer } from '../support.ts';

export const auth: Auth = { user: 'user', pass: 'pässword', isPlaintextAllowed: true };
export const b64 = (text: string) => Buffer.from(text).toString('base64');

/** `manner` may answer first. */
export function authPeer(
  segments: Segments,
  extension: string,
  manner?: (event: PeerEvent) => string | undefined,
) {
  return startScriptedPeer({
    segments,
    extensions: [extension],
    manner: (event) => {
      const answer = manner?.(event);
      if (answer !== undefined) return answer;
      if (event.line.startsWith('AUTH LOGIN')) return `334 ${b64('Username:')}`;
      if (event.line === b64(auth.user)) return `334 ${b64('Password:')}`;
      if (event.verb === 'AUTH' || event.line === b64(auth.pass)) return '235 2.7.0 welcome';
    },
  });
}
