import { expect } from 'vitest';
import { incident, open, startScriptedPeer } from '../support.ts';

incident(
  'an EHLO name that could carry a command is refused before anything is said',
  async (segments) => {
    await using peer = await startScriptedPeer({ segments });
    for (const ehloName of ['a\r\nMAIL FROM:<x@y>', 'a b', '', 'a\0b', '[127.0.0.1]\n'])
      await expect(open(peer.port, { ehloName })).rejects.toThrow(TypeError);
    expect(peer.connections).toBe(0);
  },
);
